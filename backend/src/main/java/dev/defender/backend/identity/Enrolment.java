/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import dev.defender.backend.nodetoken.BadNodeTokenException;
import dev.defender.backend.nodetoken.NodeKeys;
import dev.defender.backend.nodetoken.NodeTokens;
import dev.defender.backend.pki.CertificateAuthority;
import dev.defender.backend.pki.EcKeys;
import dev.defender.backend.pki.NodeName;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives nodes their certificates. Thread-safe. */
public final class Enrolment {
    private static final String PROOF_DOMAIN = "defender-enroll-v1\n";

    private final Identities identities;
    private final Authenticator authenticator;
    private final CertificateAuthority authority;
    private final Duration lifetime;
    private final RefusalTrail refusals;

    /** @param lifetime of a node certificate; it is to be renewed when two thirds are over */
    public Enrolment(
            Identities identities, Authenticator authenticator, CertificateAuthority authority, Duration lifetime) {
        this.identities = identities;
        this.authenticator = authenticator;
        this.authority = authority;
        this.lifetime = lifetime;
        refusals = new RefusalTrail(identities);
    }

    /**
     * What a node sends.
     *
     * @param publicKey base64 of the SubjectPublicKeyInfo, as it was signed
     * @param proof base64 of the signature by that key over domain, node and publicKey
     * @param nodeToken ServiceAccount token of the publisher on that node; a cluster with node keys wants it
     */
    public record Request(
            String node,
            String publicKey,
            String proof,
            @Nullable String nodeToken) {
        /** Without what is secret. */
        @Override
        public String toString() {
            return "Request[node=" + node + "]";
        }
    }

    /** What it gets. @param certificate PEM, leaf first */
    public record Grant(String cluster, String node, String certificate, Instant notAfter, Instant renewAfter) {}

    /** Refuses a token that enrols nowhere. */
    public void requireToken(@Nullable String token) throws RefusedException {
        authenticator.enrolment(token);
    }

    /** A first certificate, for an enrolment token. A known node may come with another key: its disk may be new. */
    public Grant enrol(@Nullable String token, Request request, String remote)
            throws RefusedException, BadEnrolmentException, IdentityUnavailableException {
        Cluster cluster = authenticator.enrolment(token);
        if (!NodeName.isNode(request.node())) {
            throw new BadEnrolmentException("node must be 1 to 253 letters, digits, dots, dashes or underscores");
        }
        NodeName name = new NodeName(cluster.id(), request.node());
        NodeEntry entry = identities.registry().node(name);
        Origin origin = new Origin("enrolment-token", remote);
        if (entry != null && entry.revokedAt() != null) {
            String why = "node " + name.node() + " was revoked at " + entry.revokedAt();
            refusals.refused(name, origin, why);
            throw RefusedException.forbidden(why + "; an administrator can readmit it");
        }
        requireNodeToken(name, request, origin);
        return issue(name, request, origin, entry == null ? "node.enrol" : "node.re-enrol");
    }

    private void requireNodeToken(NodeName name, Request request, Origin origin)
            throws RefusedException, IdentityUnavailableException {
        List<NodeKeys> keys = identities.nodeKeys(name.cluster()).stream()
                .map(NodeKeySet::keys)
                .toList();
        if (keys.isEmpty()) {
            return;
        }
        try {
            NodeTokens.check(
                    keys, request.nodeToken(), name.node(), identities.clock().instant());
        } catch (BadNodeTokenException e) {
            refusals.refused(name, origin, String.valueOf(e.getMessage()));
            throw RefusedException.unproven(e);
        }
    }

    /** The next certificate, for the current one. */
    public Grant renew(Caller.Node caller, Request request, String remote)
            throws RefusedException, BadEnrolmentException, IdentityUnavailableException {
        if (!request.node().equals(caller.name().node())) {
            throw RefusedException.forbidden("the certificate is of node "
                    + caller.name().node() + ", the request of " + "another; a node renews only its own");
        }
        return issue(caller.name(), request, new Origin(caller.label(), remote), "node.renew");
    }

    private Grant issue(NodeName name, Request request, Origin origin, String action)
            throws BadEnrolmentException, IdentityUnavailableException {
        PublicKey key = provenKey(request);
        X509Certificate certificate = authority.issueNode(name, key, lifetime);
        Instant issuedAt = identities.clock().instant();
        Instant notAfter = certificate.getNotAfter().toInstant();
        String serial = certificate.getSerialNumber().toString(16);
        identities.change(
                new Change.CertificateIssued(new NodeCertificate(serial, name, issuedAt, notAfter)),
                origin,
                action,
                name.cluster() + "/" + name.node(),
                "certificate " + serial + " until " + notAfter + ", key " + Secrets.hash(request.publicKey()));
        Instant renewAfter = issuedAt.plus(lifetime.multipliedBy(2).dividedBy(3));
        return new Grant(name.cluster(), name.node(), authority.chain(certificate), notAfter, renewAfter);
    }

    private static PublicKey provenKey(Request request) throws BadEnrolmentException {
        try {
            PublicKey key = EcKeys.read(Base64.getDecoder().decode(request.publicKey()));
            byte[] message =
                    (PROOF_DOMAIN + request.node() + "\n" + request.publicKey()).getBytes(StandardCharsets.UTF_8);
            if (!EcKeys.verifies(key, message, Base64.getDecoder().decode(request.proof()))) {
                throw new BadEnrolmentException(
                        "proof is not a signature by publicKey over \"defender-enroll-v1\", node "
                                + "and publicKey, each on its own line");
            }
            return key;
        } catch (InvalidKeyException e) {
            throw new BadEnrolmentException(
                    "publicKey: " + e.getMessage() + "; it must be a P-256 SubjectPublicKeyInfo");
        } catch (IllegalArgumentException e) {
            throw new BadEnrolmentException("publicKey and proof must be base64");
        }
    }
}
