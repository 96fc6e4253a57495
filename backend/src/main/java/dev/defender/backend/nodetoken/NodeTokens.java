/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.nodetoken;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the ServiceAccount token that a publisher has from its kubelet (RFC 7519, as Kubernetes projects it): signed by
 * the cluster's API server for us, for the publisher's account, on the node that enrols.
 */
public final class NodeTokens {
    private NodeTokens() {}

    /**
     * @param sets the cluster's keys that are in force; a token may be of any of them
     * @param token compact serialisation; null = none was sent
     * @param node that enrols
     */
    public static void check(List<NodeKeys> sets, @Nullable String token, String node, Instant now)
            throws BadNodeTokenException {
        if (token == null || token.isEmpty()) {
            throw new BadNodeTokenException(
                    "nodeToken", "is missing; this cluster's nodes prove themselves by their ServiceAccount token");
        }
        SignedJWT jwt = parsed(token);
        NodeKeys keys = verified(sets, jwt);
        new NodeClaims(claims(jwt)).check(keys.issuer(), node, now);
    }

    private static SignedJWT parsed(String token) throws BadNodeTokenException {
        try {
            // Refuses what has no signature at all (alg none) as well.
            return SignedJWT.parse(token);
        } catch (ParseException e) {
            throw new BadNodeTokenException("signature", "is missing: this is no signed JSON Web Token");
        }
    }

    /** The algorithm is bound to the kind of key, so that a public key can never be taken for a shared secret. */
    private static NodeKeys verified(List<NodeKeys> sets, SignedJWT jwt) throws BadNodeTokenException {
        JWSAlgorithm algorithm = jwt.getHeader().getAlgorithm();
        if (!JWSAlgorithm.RS256.equals(algorithm) && !JWSAlgorithm.ES256.equals(algorithm)) {
            throw new BadNodeTokenException("alg", "is " + Printable.of(algorithm) + "; RS256 and ES256 are taken");
        }
        String id = jwt.getHeader().getKeyID();
        if (id == null) {
            throw new BadNodeTokenException("kid", "is missing");
        }
        boolean known = false;
        for (NodeKeys keys : sets) {
            JWK key = keys.key(id);
            if (key != null && signs(key, algorithm)) {
                known = true;
                if (signed(jwt, key)) {
                    return keys;
                }
            }
        }
        if (known) {
            throw new BadNodeTokenException("signature", "is not by the cluster's key " + Printable.of(id));
        }
        throw new BadNodeTokenException(
                "kid",
                Printable.of(id) + " is no " + algorithm + " key of this cluster; import its keys again, with "
                        + "defenderctl cluster keys");
    }

    private static boolean signs(JWK key, JWSAlgorithm algorithm) {
        boolean kind = algorithm.equals(JWSAlgorithm.RS256) ? key instanceof RSAKey : key instanceof ECKey;
        return kind && (key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm));
    }

    private static boolean signed(SignedJWT jwt, JWK key) {
        try {
            JWSVerifier verifier =
                    key instanceof RSAKey rsa ? new RSASSAVerifier(rsa) : new ECDSAVerifier(key.toECKey());
            return jwt.verify(verifier);
        } catch (JOSEException e) {
            // Headers that must be understood and are not, or a signature of another form.
            return false;
        }
    }

    private static JWTClaimsSet claims(SignedJWT jwt) throws BadNodeTokenException {
        try {
            return jwt.getJWTClaimsSet();
        } catch (ParseException e) {
            throw new BadNodeTokenException("payload", "is no set of claims");
        }
    }
}
