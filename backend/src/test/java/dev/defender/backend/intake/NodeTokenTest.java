/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.defender.backend.testbed.Answer;
import dev.defender.backend.testbed.ApiServerKey;
import dev.defender.backend.testbed.Client;
import dev.defender.backend.testbed.NodeKey;
import dev.defender.backend.testbed.TestService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster with node keys lets in only the node that its API server vouches for. */
class NodeTokenTest {
    private static final ApiServerKey RSA;
    private static final ApiServerKey EC;
    private static final ApiServerKey STRANGER;

    static {
        try {
            RSA = ApiServerKey.rsa("rsa-1");
            EC = ApiServerKey.ec("ec-1");
            STRANGER = ApiServerKey.rsa("rsa-1");
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private TestService service;
    private Client client;
    private String cluster;
    private String token;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        service = TestService.start(data);
        client = service.anonymous();
        Answer added = client.postJson(
                "/api/v1/clusters",
                service.token("admin"),
                "{\"name\":\"prod\",\"issuer\":\"" + ApiServerKey.ISSUER + "\",\"jwks\":" + ApiServerKey.jwks(RSA, EC)
                        + "}");
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        cluster = added.json().path("id").asText();
        token = client.postJson(
                        "/api/v1/clusters/" + cluster + "/enrolment-tokens",
                        service.token("admin"),
                        "{\"valid_hours\":1000}")
                .json()
                .path("secret")
                .asText();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        service.close();
    }

    private Answer enrol(String nodeToken) throws Exception {
        return client.postJson("/ingest/v1/enroll", token, NodeKey.generate().requestWithToken("node-1", nodeToken));
    }

    private JWTClaimsSet.Builder claims() {
        return ApiServerKey.claims("node-1", now());
    }

    private Instant now() {
        return service.clock.instant();
    }

    private void assertRefused(String claim, String nodeToken) throws Exception {
        Answer answer = enrol(nodeToken);
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.problem()).isEqualTo("forbidden");
        assertThat(answer.json().path("claim").asText()).isEqualTo(claim);
        assertThat(answer.detail()).startsWith("nodeToken: " + claim + " ");
        assertThat(service.identities.nodes()).isEmpty();
        var entry = service.identities.audit(Long.MAX_VALUE, 1).getFirst();
        assertThat(entry.action()).isEqualTo("node.enrol-refused");
        assertThat(entry.subject()).isEqualTo(cluster + "/node-1");
        assertThat(entry.detail()).contains(claim);
        if (!nodeToken.isEmpty()) {
            assertThat(entry.detail() + answer.body()).doesNotContain(nodeToken);
        }
    }

    @Test
    void tokens_of_both_algorithms_enrol_their_node() throws Exception {
        Answer first = enrol(RSA.sign(claims()));
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(first.json().path("cluster").asText()).isEqualTo(cluster);
        assertThat(enrol(EC.sign(claims().audience(List.of("other", "defender-backend"))))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void without_a_token_nobody_enrols() throws Exception {
        Answer answer =
                client.postJson("/ingest/v1/enroll", token, NodeKey.generate().request("node-1"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("claim").asText()).isEqualTo("nodeToken");
        assertRefused("nodeToken", "");
        assertRefused("signature", "no token");
    }

    @Test
    void every_claim_must_be_right() throws Exception {
        assertRefused("iss", RSA.sign(claims().issuer("https://elsewhere")));
        assertRefused("aud", RSA.sign(claims().audience("https://kubernetes.default.svc")));
        assertRefused("aud", RSA.sign(claims().audience((String) null)));
        assertRefused("exp", RSA.sign(claims().expirationTime(null)));
        assertRefused("exp", RSA.sign(claims().expirationTime(Date.from(now().minusSeconds(90)))));
        assertRefused("nbf", RSA.sign(claims().notBeforeTime(Date.from(now().plusSeconds(90)))));
        Map<String, Object> node = Map.of("name", "node-1");
        String account = "microsoft-defender-publisher";
        assertRefused("kubernetes.io.namespace", kubernetes("default", account, node));
        assertRefused("kubernetes.io.serviceaccount.name", kubernetes("kube-system", "default", node));
        assertRefused("kubernetes.io.node.name", kubernetes("kube-system", account, Map.of("name", "node-2")));
        assertRefused("kubernetes.io.node.name", kubernetes("kube-system", account, Map.of()));
        assertRefused("kubernetes.io.namespace", RSA.sign(claims().claim("kubernetes.io", "text")));
    }

    private String kubernetes(String namespace, String account, Map<String, Object> node) throws Exception {
        return RSA.sign(claims().claim("kubernetes.io", ApiServerKey.kubernetes(namespace, account, node)));
    }

    @Test
    void clocks_may_differ_by_less_than_a_minute() throws Exception {
        assertThat(enrol(RSA.sign(claims().notBeforeTime(Date.from(now().plusSeconds(50)))
                                .expirationTime(Date.from(now().plusSeconds(55)))))
                        .status())
                .isEqualTo(200);
        assertThat(enrol(RSA.sign(claims().expirationTime(Date.from(now().minusSeconds(50)))))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_signature_that_is_not_by_a_key_of_the_cluster_proves_nothing() throws Exception {
        assertRefused("signature", STRANGER.sign(claims()));
        assertRefused("kid", ApiServerKey.rsa("unknown").sign(claims()));
        assertRefused("kid", ApiServerKey.ec("rsa-1").sign(claims()));
        assertRefused("alg", RSA.sign(RSA.header(JWSAlgorithm.RS512), claims()));
        assertRefused("alg", RSA.sign(RSA.header(JWSAlgorithm.PS256), claims()));
        assertRefused("signature", new PlainJWT(claims().build()).serialize());
        String good = RSA.sign(claims());
        assertRefused("signature", good.substring(0, good.lastIndexOf('.') + 1) + "AAAA");
        String[] parts = good.split("\\.", -1);
        assertRefused("signature", parts[0] + "." + parts[1].replaceFirst("..$", "fQ") + "." + parts[2]);
    }

    /** The public key must not be usable as a shared secret, in none of its spellings. */
    @Test
    void hs256_with_the_public_key_as_secret_proves_nothing() throws Exception {
        byte[] der = RSA.jwk().toRSAKey().toRSAPublicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + java.util.Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n";
        for (byte[] secret : List.of(
                der,
                pem.getBytes(StandardCharsets.US_ASCII),
                RSA.jwk().toPublicJWK().toJSONString().getBytes(StandardCharsets.US_ASCII))) {
            JWSObject forged = new JWSObject(
                    RSA.header(JWSAlgorithm.HS256), new Payload(claims().build().toJSONObject()));
            forged.sign(new MACSigner(secret));
            assertRefused("alg", forged.serialize());
        }
    }

    @Test
    void a_rotation_keeps_the_keys_before_until_the_one_after() throws Exception {
        ApiServerKey second = ApiServerKey.ec("ec-2");
        ApiServerKey third = ApiServerKey.ec("ec-3");
        setKeys(second, true);
        assertThat(enrol(RSA.sign(claims())).status()).isEqualTo(200);
        assertThat(enrol(second.sign(claims())).status()).isEqualTo(200);
        setKeys(second, true);
        assertThat(enrol(RSA.sign(claims())).status()).as("nothing new").isEqualTo(200);
        setKeys(third, true);
        assertThat(enrol(RSA.sign(claims())).status()).isEqualTo(403);
        assertThat(enrol(second.sign(claims())).status()).isEqualTo(200);
        setKeys(third, false);
        assertThat(enrol(second.sign(claims())).status()).as("withdrawn").isEqualTo(403);
        assertThat(enrol(third.sign(claims())).status()).isEqualTo(200);
    }

    private void setKeys(ApiServerKey key, boolean keepPrevious) throws Exception {
        Answer answer = client.putJson(
                "/api/v1/clusters/" + cluster + "/node-keys",
                service.token("admin"),
                "{\"issuer\":\"" + ApiServerKey.ISSUER + "\",\"jwks\":" + ApiServerKey.jwks(key) + ",\"keep_previous\":"
                        + keepPrevious + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void a_good_token_does_not_let_a_revoked_node_back_in() throws Exception {
        assertThat(enrol(RSA.sign(claims())).status()).isEqualTo(200);
        String revocation = "/api/v1/clusters/" + cluster + "/nodes/node-1/revocation";
        assertThat(client.put(revocation, service.token("admin")).status()).isEqualTo(204);
        Answer refused = enrol(RSA.sign(claims()));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.detail()).contains("was revoked at");
        assertThat(client.delete(revocation, service.token("admin")).status()).isEqualTo(204);
        assertThat(enrol(RSA.sign(claims())).status()).isEqualTo(200);
    }

    @Test
    void a_flood_of_refusals_does_not_fill_the_audit_trail() throws Exception {
        String wrong = RSA.sign(claims().issuer("https://elsewhere"));
        for (int i = 0; i < 60; i++) {
            assertThat(enrol(wrong).status()).isEqualTo(403);
        }
        assertThat(refusals()).hasSize(20);
        service.clock.advance(Duration.ofSeconds(11));
        assertThat(enrol(wrong).status()).isEqualTo(403);
        assertThat(refusals()).hasSize(21);
        assertThat(refusals().getFirst()).contains("and 40 more");
    }

    private List<String> refusals() throws Exception {
        return service.identities.audit(Long.MAX_VALUE, 1000).stream()
                .filter(entry -> entry.action().equals("node.enrol-refused"))
                .map(entry -> entry.detail())
                .toList();
    }
}
