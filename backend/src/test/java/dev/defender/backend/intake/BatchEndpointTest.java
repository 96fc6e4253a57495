/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.defender.backend.testbed.Answer;
import dev.defender.backend.testbed.BatchBytes;
import dev.defender.backend.testbed.Client;
import dev.defender.backend.testbed.TestService;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches that are not what they should be, over real TLS with a real client certificate. */
class BatchEndpointTest {
    private TestService service;
    private Client node;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        service = TestService.start(data);
        node = service.enrolled("node-1");
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
        service.close();
    }

    private BatchBytes batch() {
        return BatchBytes.of(service.cluster(), "node-1").record(1, new byte[] {});
    }

    @Test
    void only_a_node_is_listened_to() throws Exception {
        try (Client anonymous = service.anonymous()) {
            Answer answer = anonymous.postBatch(batch().compressed());
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.problem()).isEqualTo("unauthenticated");
            // An API token is no node, whatever its role.
            assertThat(anonymous
                            .send(anonymous
                                    .batchRequest(BodyPublishers.ofByteArray(batch().compressed()))
                                    .header("Authorization", "Bearer " + service.token("admin")))
                            .status())
                    .isEqualTo(401);
        }
        assertThat(service.log.batches()).isEmpty();
    }

    @Test
    void a_batch_in_another_name_is_forbidden_and_counted() throws Exception {
        assertForbidden(BatchBytes.of(service.cluster(), "node-2"));
        assertForbidden(BatchBytes.of("00000000-0000-0000-0000-000000000000", "node-1"));
        assertThat(service.meters.scrape())
                .contains("defender_ingest_batches_refused_total{reason=\"foreign_identity\"} 2.0");
        assertThat(service.log.batches()).isEmpty();
    }

    private void assertForbidden(BatchBytes batch) throws Exception {
        Answer answer = node.postBatch(batch.record(1, new byte[] {}).compressed());
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.problem()).isEqualTo("forbidden");
        assertThat(answer.detail()).contains("the certificate is of node node-1");
    }

    @Test
    void a_bad_body_is_told_from_every_other_problem() throws Exception {
        byte[] good = batch().compressed();
        assertBad(new byte[0], "");
        assertBad(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, "zstd");
        assertBad(Arrays.copyOf(good, good.length - 1), "zstd");
        byte[] flipped = good.clone();
        flipped[5] ^= 0x40;
        assertThat(node.postBatch(flipped).status()).isBetween(400, 413);
        assertBad(Zstd.compress("no batch at all".getBytes(java.nio.charset.StandardCharsets.UTF_8)), "DFB1");
        byte[] plain = batch().plain();
        assertBad(Zstd.compress(Arrays.copyOf(plain, plain.length - 1)), "is cut off");
        BatchBytes miscounted = batch();
        miscounted.header().setCount(2);
        assertBad(miscounted.compressed(), "record 1 of 2");
        assertThat(service.log.batches()).isEmpty();
    }

    private void assertBad(byte[] body, String detail) throws Exception {
        Answer answer = node.postBatch(body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("bad-batch");
        assertThat(answer.detail()).contains(detail);
    }

    @Test
    void what_is_too_large_is_to_be_split() throws Exception {
        assertTooLarge(node.postBatch(new byte[(2 << 20) + 1]));
        assertTooLarge(node.postBatch(Zstd.compress(new byte[64 << 20])));
        // Without an announced length it is noticed while reading.
        assertTooLarge(node.send(
                node.batchRequest(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[3 << 20])))));
        assertThat(service.meters.scrape())
                .contains("defender_ingest_batches_refused_total{reason=\"oversized\"} 3.0")
                .contains("defender_ingest_inflight_bytes 0.0");
    }

    private static void assertTooLarge(Answer answer) throws Exception {
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.detail()).contains("split it");
    }

    @Test
    void versions_and_kinds_that_are_not_spoken_are_named() throws Exception {
        byte[] good = batch().compressed();
        Answer version = node.send(node.request("/ingest/v1/batches", null)
                .header("Defender-Protocol", "2")
                .POST(BodyPublishers.ofByteArray(good)));
        assertThat(version.status()).isEqualTo(426);
        assertThat(version.problem()).isEqualTo("unsupported-protocol");
        assertThat(version.header("Defender-Protocol")).isEqualTo("1");
        Answer encoding = node.send(node.request("/ingest/v1/batches", null)
                .header("Defender-Protocol", "1")
                .header("Content-Type", "application/vnd.defender.batch")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(good)));
        assertThat(encoding.status()).isEqualTo(415);
        assertThat(encoding.detail()).contains("zstd");
    }

    @Test
    void what_the_log_counts_is_not_counted_again_by_who_asks_it() throws Exception {
        assertThat(node.postBatch(batch().compressed()).status()).isEqualTo(202);
        // The log of this test counts nothing.
        assertThat(service.meters.scrape()).doesNotContain("defender_ingest_records");
    }

    @Test
    void a_store_that_is_away_is_to_be_tried_again() throws Exception {
        service.log.available(false);
        Answer answer = node.postBatch(batch().compressed());
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("7");
        service.log.available(true);
        assertThat(node.postBatch(batch().compressed()).status()).isEqualTo(202);
    }

    @Test
    void a_jump_of_sequences_is_forbidden() throws Exception {
        service.log.refuseJumps();
        assertThat(node.postBatch(batch().compressed()).status()).isEqualTo(403);
    }

    @Test
    void a_full_budget_is_said_before_memory_is_given(@TempDir Path other) throws Exception {
        try (TestService small = TestService.start(other, 1 << 20);
                Client client = small.enrolled("node-1")) {
            byte[] needsMore = BatchBytes.of(small.cluster(), "node-1")
                    .record(1, new byte[60_000])
                    .record(1, new byte[60_000])
                    .compressed();
            assertThat(client.postBatch(needsMore).status()).isEqualTo(202);
            byte[] needsTooMuch = Zstd.compress(new byte[3 << 20]);
            Answer answer = client.postBatch(needsTooMuch);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("1");
            assertThat(client.postBatch(needsMore).status()).isEqualTo(202);
        }
    }
}
