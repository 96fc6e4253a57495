/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import dev.defender.backend.pki.NodeName;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Proves callers from memory: no request needs the database for it. Thread-safe. */
public final class Authenticator {
    private final Identities identities;

    public Authenticator(Identities identities) {
        this.identities = identities;
    }

    /** @param secret bearer token as it was sent; null = none */
    public Caller.User user(@Nullable String secret) throws RefusedException {
        if (secret == null) {
            throw RefusedException.unauthenticated("send an API token as Authorization: Bearer <token>");
        }
        ApiToken token = identities.registry().apiToken(Secrets.hash(secret));
        // One answer for unknown and expired: the difference helps only whoever guesses.
        if (token == null || !now().isBefore(token.expiresAt())) {
            throw RefusedException.unauthenticated("the API token is not valid, or not any more; ask for another one");
        }
        return new Caller.User(token.id(), token.name(), token.role());
    }

    /** @param certificate that the TLS handshake proved possession of and our CA signed; null = none */
    public Caller.Node node(@Nullable X509Certificate certificate) throws RefusedException {
        if (certificate == null) {
            throw RefusedException.unauthenticated("present the node's client certificate; enrol to get one");
        }
        NodeName name = NodeName.of(certificate)
                .orElseThrow(() -> RefusedException.unauthenticated("the client certificate is not one of a node"));
        Instant notAfter = certificate.getNotAfter().toInstant();
        if (now().isAfter(notAfter)) {
            throw RefusedException.unauthenticated(
                    "the client certificate of node " + name.node() + " ended at " + notAfter + "; enrol again");
        }
        if (identities.registry().cluster(name.cluster()) == null) {
            throw RefusedException.forbidden("cluster " + name.cluster() + " is not known here");
        }
        NodeEntry entry = identities.registry().node(name);
        if (entry != null && entry.revokedAt() != null) {
            throw RefusedException.forbidden("node " + name.node() + " was revoked at " + entry.revokedAt()
                    + "; an administrator can readmit it");
        }
        String serial = certificate.getSerialNumber().toString(16);
        if (entry == null || !identities.registry().good(name, serial)) {
            throw RefusedException.forbidden("the client certificate of node " + name.node()
                    + " is revoked or not of this backend; enrol again");
        }
        return new Caller.Node(name, serial);
    }

    /** @return the cluster that the token enrols into */
    Cluster enrolment(@Nullable String secret) throws RefusedException {
        EnrolmentToken token = secret == null ? null : identities.registry().enrolmentToken(Secrets.hash(secret));
        Cluster cluster = token == null ? null : identities.registry().cluster(token.cluster());
        if (token == null || cluster == null || !token.validAt(now())) {
            throw RefusedException.unauthenticated(
                    "the enrolment token is missing, not valid, or not any more; ask an administrator for a new one");
        }
        return cluster;
    }

    private Instant now() {
        return identities.clock().instant();
    }
}
