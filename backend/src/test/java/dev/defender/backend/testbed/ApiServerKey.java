/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.testbed;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** A key by which a test signs ServiceAccount tokens as a cluster's API server does. */
public final class ApiServerKey {
    public static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

    private final JWK key;
    private final JWSAlgorithm algorithm;

    private ApiServerKey(JWK key, JWSAlgorithm algorithm) {
        this.key = key;
        this.algorithm = algorithm;
    }

    public static ApiServerKey rsa(String id) throws JOSEException {
        return new ApiServerKey(
                new RSAKeyGenerator(2048)
                        .keyID(id)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(JWSAlgorithm.RS256)
                        .generate(),
                JWSAlgorithm.RS256);
    }

    public static ApiServerKey ec(String id) throws JOSEException {
        return new ApiServerKey(
                new ECKeyGenerator(Curve.P_256)
                        .keyID(id)
                        .keyUse(KeyUse.SIGNATURE)
                        .generate(),
                JWSAlgorithm.ES256);
    }

    public JWK jwk() {
        return key;
    }

    public static String jwks(ApiServerKey... keys) {
        return new JWKSet(List.of(keys).stream().map(ApiServerKey::jwk).toList()).toString(true);
    }

    /** The claims of a publisher's projected token on that node, valid for an hour. */
    public static JWTClaimsSet.Builder claims(String node, Instant now) {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("defender-backend")
                .subject("system:serviceaccount:kube-system:microsoft-defender-publisher")
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(3600)))
                .claim(
                        "kubernetes.io",
                        kubernetes("kube-system", "microsoft-defender-publisher", Map.of("name", node)));
    }

    public static Map<String, Object> kubernetes(String namespace, String account, Map<String, Object> node) {
        return Map.of(
                "namespace",
                namespace,
                "serviceaccount",
                Map.of("name", account, "uid", "0b7e2ad5-0000-4000-8000-000000000001"),
                "pod",
                Map.of("name", "microsoft-defender-publisher-ds-x", "uid", "0b7e2ad5-0000-4000-8000-000000000002"),
                "node",
                node);
    }

    public String sign(JWTClaimsSet.Builder claims) throws JOSEException {
        return sign(new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims);
    }

    public String sign(JWSHeader header, JWTClaimsSet.Builder claims) throws JOSEException {
        JWSSigner signer = key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner(key.toECKey());
        SignedJWT token = new SignedJWT(header, claims.build());
        token.sign(signer);
        return token.serialize();
    }

    /** A header as this key's tokens have it, but of another algorithm. */
    public JWSHeader header(JWSAlgorithm other) {
        return new JWSHeader.Builder(other)
                .keyID(key.getKeyID())
                .type(JOSEObjectType.JWT)
                .build();
    }
}
