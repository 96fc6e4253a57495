/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.backend.identity.Administration;
import dev.defender.backend.identity.Origin;
import dev.defender.backend.pki.NodeName;
import dev.defender.backend.testbed.Answer;
import dev.defender.backend.testbed.BatchBytes;
import dev.defender.backend.testbed.Client;
import dev.defender.backend.testbed.NodeKey;
import dev.defender.backend.testbed.TestService;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolmentTest {
    private static final Origin ADMIN = new Origin("token:test", "127.0.0.1");

    private TestService service;
    private Client anonymous;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        service = TestService.start(data);
        anonymous = service.anonymous();
    }

    @AfterEach
    void stop() throws Exception {
        anonymous.close();
        service.close();
    }

    @Test
    void a_node_enrols_sends_a_batch_and_renews() throws Exception {
        NodeKey key = NodeKey.generate();
        Answer enrolled = enrol(service.token("enrolment"), key.request("node-1"));
        assertThat(enrolled.status()).isEqualTo(200);
        assertThat(enrolled.json().path("cluster").asText()).isEqualTo(service.cluster());
        assertThat(Instant.parse(enrolled.json().path("renewAfter").asText()))
                .isBetween(
                        service.clock.instant(),
                        Instant.parse(enrolled.json().path("notAfter").asText()));
        String chain = enrolled.json().path("certificate").asText();
        X509Certificate leaf = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(chain.getBytes(StandardCharsets.US_ASCII)));
        assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo("CN=node-1");
        assertThat(leaf.getSubjectAlternativeNames())
                .containsExactly(List.of(6, "urn:defender:node:" + service.cluster() + ":node-1"));
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");

        try (Client node = service.withCertificate(key, chain)) {
            Answer accepted = node.postBatch(batch("node-1"));
            assertThat(accepted.status()).isEqualTo(202);
            assertThat(accepted.json().path("stored").asInt()).isEqualTo(1);
            assertThat(service.log.batches()).hasSize(1);

            NodeKey next = NodeKey.generate();
            Answer renewed = node.postJson("/ingest/v1/renew", null, next.request("node-1"));
            assertThat(renewed.status()).isEqualTo(200);
            try (Client again = service.withCertificate(
                    next, renewed.json().path("certificate").asText())) {
                assertThat(again.postBatch(batch("node-1")).status()).isEqualTo(202);
            }
        }
    }

    @Test
    void a_wrong_or_expired_token_enrols_nobody() throws Exception {
        String body = NodeKey.generate().request("node-1");
        assertUnauthenticated(enrol(null, body));
        assertUnauthenticated(enrol("dfdenr_wrong", body));
        assertUnauthenticated(enrol(service.token("admin"), body));
        String token = service.token("enrolment");
        service.clock.advance(Duration.ofDays(31));
        assertUnauthenticated(enrol(token, body));
        assertThat(service.identities.nodes()).isEmpty();
    }

    @Test
    void two_enrolment_tokens_are_valid_at_once_and_no_third() throws Exception {
        Administration administration = new Administration(service.identities);
        String first = service.token("enrolment");
        service.clock.advance(Duration.ofSeconds(1));
        String second = administration
                .mintEnrolmentToken(service.cluster(), Duration.ofHours(1), ADMIN)
                .orElseThrow()
                .secret();
        assertThat(enrol(first, NodeKey.generate().request("a")).status()).isEqualTo(200);
        assertThat(enrol(second, NodeKey.generate().request("b")).status()).isEqualTo(200);
        service.clock.advance(Duration.ofSeconds(1));
        Administration.MintedToken third = administration
                .mintEnrolmentToken(service.cluster(), Duration.ofHours(1), ADMIN)
                .orElseThrow();
        assertThat(third.revoked()).hasSize(1);
        assertUnauthenticated(enrol(first, NodeKey.generate().request("c")));
        assertThat(enrol(second, NodeKey.generate().request("d")).status()).isEqualTo(200);
        assertThat(enrol(third.secret(), NodeKey.generate().request("e")).status())
                .isEqualTo(200);
    }

    @Test
    void a_request_that_proves_nothing_is_refused_with_the_reason() throws Exception {
        String token = service.token("enrolment");
        NodeKey key = NodeKey.generate();
        assertBadRequest(enrol(token, key.request("node-1", NodeKey.generate().proof("node-1"))), "proof");
        assertBadRequest(enrol(token, key.request("node-1", key.proof("node-2"))), "proof");
        assertBadRequest(enrol(token, key.request("node-1", "not base64!")), "base64");
        assertBadRequest(enrol(token, new NodeKey("secp384r1").request("node-1")), "P-256");
        assertBadRequest(enrol(token, key.request("no/slash")), "node must be");
        assertBadRequest(enrol(token, "{\"node\":\"node-1\"}"), "publicKey");
        assertBadRequest(enrol(token, "{\"node\":"), "line 1");
        assertBadRequest(enrol(token, "{\"node\":null,\"publicKey\":\"\",\"proof\":\"\"}"), "node");
        assertThat(enrol(token, "{\"node\":\"" + "x".repeat(20_000) + "\"}").status())
                .isEqualTo(413);
    }

    @Test
    void a_node_renews_only_itself() throws Exception {
        try (Client node = service.enrolled("node-1")) {
            Answer answer =
                    node.postJson("/ingest/v1/renew", null, NodeKey.generate().request("node-2"));
            assertThat(answer.status()).isEqualTo(403);
        }
        assertUnauthenticated(
                anonymous.postJson("/ingest/v1/renew", null, NodeKey.generate().request("node-1")));
    }

    @Test
    void an_expired_certificate_is_told_so_even_on_an_open_connection() throws Exception {
        try (Client node = service.enrolled("node-1")) {
            assertThat(node.postBatch(batch("node-1")).status()).isEqualTo(202);
            service.clock.advance(Duration.ofHours(25));
            Answer answer = node.postBatch(batch("node-1"));
            assertUnauthenticated(answer);
            assertThat(answer.detail()).contains("ended at").contains("enrol again");
        }
    }

    @Test
    void a_revoked_node_is_shut_out_until_it_is_readmitted_and_enrols_again() throws Exception {
        Administration administration = new Administration(service.identities);
        NodeName name = new NodeName(service.cluster(), "node-1");
        try (Client node = service.enrolled("node-1")) {
            administration.revokeNode(name, ADMIN);
            Answer refused = node.postBatch(batch("node-1"));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.problem()).isEqualTo("forbidden");
            assertThat(refused.detail()).contains("node-1 was revoked at");
            assertThat(node.postJson(
                                    "/ingest/v1/renew", null, NodeKey.generate().request("node-1"))
                            .status())
                    .isEqualTo(403);
            assertThat(enrol(service.token("enrolment"), NodeKey.generate().request("node-1"))
                            .status())
                    .isEqualTo(403);

            administration.readmitNode(name, ADMIN);
            assertThat(node.postBatch(batch("node-1")).status()).isEqualTo(403);
            try (Client again = service.enrolled("node-1")) {
                assertThat(again.postBatch(batch("node-1")).status()).isEqualTo(202);
            }
        }
        assertThat(service.identities.audit(Long.MAX_VALUE, 10))
                .extracting(entry -> entry.action())
                .startsWith("node.re-enrol", "node.readmit", "node.enrol-refused", "node.revoke", "node.enrol");
    }

    @Test
    void a_certificate_of_another_authority_proves_nothing(@TempDir Path other) throws Exception {
        NodeKey key = NodeKey.generate();
        try (TestService foreign = TestService.start(other);
                Client enrolling = foreign.anonymous();
                Client client = service.withCertificate(
                        key,
                        enrolling
                                .postJson("/ingest/v1/enroll", foreign.token("enrolment"), key.request("node-1"))
                                .json()
                                .path("certificate")
                                .asText())) {
            assertUnauthenticated(client.postBatch(batch("node-1")));
        }
        assertThat(service.log.batches()).isEmpty();
    }

    private Answer enrol(@Nullable String token, String body) throws Exception {
        return anonymous.postJson("/ingest/v1/enroll", token, body);
    }

    private byte[] batch(String node) {
        return BatchBytes.of(service.cluster(), node).record(1, new byte[] {}).compressed();
    }

    private static void assertUnauthenticated(Answer answer) throws Exception {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("unauthenticated");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    private static void assertBadRequest(Answer answer, String detail) throws Exception {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).contains(detail);
    }
}
