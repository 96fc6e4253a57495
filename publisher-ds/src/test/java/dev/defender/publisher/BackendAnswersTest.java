/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.defender.protocol.v1.Gap;
import dev.defender.protocol.v1.LossReason;
import dev.defender.protocol.v1.RecordClass;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.publisher.support.Delivered;
import dev.defender.publisher.support.RunningPublisher.Home;
import dev.defender.publisher.support.ScriptedBackend;
import dev.defender.publisher.support.ScriptedBackend.Answer;
import dev.defender.publisher.support.TestPki;
import dev.defender.publisher.support.TestProducer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the publisher does with each answer; whatever the backend says, nothing is lost in silence. */
class BackendAnswersTest {
    private final Path directory;
    private final TestPki pki = new TestPki();
    private final Home home;
    private final ScriptedBackend backend;
    private LocalNode node;

    BackendAnswersTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        home = new Home(directory, pki);
        backend = new ScriptedBackend(pki);
        node = new LocalNode(home.options(backend.endpoint()));
        // The publisher's own first health record is through: the script begins with the test's records.
        await().until(() -> !backend.items("publisher", Lanes.URGENT).isEmpty());
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
        backend.close();
    }

    private void send(long first, long last) throws Exception {
        try (TestProducer producer = new TestProducer(home.socket())) {
            producer.greet("sensor", 7, first, 1);
            producer.sendRecords(Lanes.BULK, RecordClasses.EXEC, first, last, 100);
            producer.awaitAck(Lanes.BULK, last);
        }
    }

    private void allArriveInOrder(long last) {
        await().until(() -> backend.items("sensor", Lanes.BULK).size() >= last);
        assertThat(backend.items("sensor", Lanes.BULK).stream().map(Delivered.Item::sequence))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, last).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 404, 408, 415, 422, 429, 500, 502, 503})
    void anyOtherStatusIsHeldAndSentAgain(int status) throws Exception {
        backend.decide(batch ->
                batch.header().getProducer().equals("sensor") && backend.requests() < 4 ? Answer.of(status) : null);
        send(1, 50);
        allArriveInOrder(50);
        assertThat(node.metric("defender_publisher_dead_records_total")).isZero();
        assertThat(node.metric("defender_publisher_answers_total{status=\"" + status + "\"}"))
                .isPositive();
    }

    @Test
    void unsupportedProtocolIsHeldWithAConditionThatGoesAway() throws Exception {
        int before = backend.requests();
        backend.decide(batch -> batch.header().getProducer().equals("sensor") && backend.requests() < before + 3
                ? Answer.problem(426, "{\"type\":\"urn:defender:problem:unsupported-protocol\"}")
                : null);
        send(1, 5);
        node.awaitLine("BackendRefuses (UnsupportedProtocol)");
        allArriveInOrder(5);
        node.awaitLine("BackendRefuses: resolved");
    }

    @Test
    void forbiddenIsHeldWithAConditionThatGoesAway() throws Exception {
        int before = backend.requests();
        backend.decide(batch -> batch.header().getProducer().equals("sensor") && backend.requests() < before + 3
                ? Answer.problem(403, "{\"type\":\"urn:defender:problem:forbidden\"}")
                : null);
        send(1, 5);
        node.awaitLine("CredentialsInvalid (Status403)");
        allArriveInOrder(5);
        node.awaitLine("CredentialsInvalid: resolved");
        assertThat(backend.enrolments()).isEqualTo(1);
    }

    @Test
    void unauthenticatedMakesTheNodeEnrolAnew() throws Exception {
        backend.decide(batch ->
                batch.header().getProducer().equals("sensor") && backend.enrolments() < 2 ? Answer.of(401) : null);
        send(1, 5);
        node.awaitLine("CredentialsInvalid (Status401)");
        allArriveInOrder(5);
        assertThat(backend.enrolments()).isEqualTo(2);
    }

    @Test
    void retryAfterIsHonoured() throws Exception {
        backend.answerNext();
        long[] refusedAt = new long[1];
        backend.decide(batch -> {
            if (batch.header().getProducer().equals("sensor") && refusedAt[0] == 0) {
                refusedAt[0] = System.nanoTime();
                return new Answer(503, Map.of("Retry-After", "1"), "");
            }
            return null;
        });
        send(1, 5);
        allArriveInOrder(5);
        assertThat(System.nanoTime() - refusedAt[0]).isGreaterThan(900_000_000L);
    }

    @Test
    void aTooLargeBatchIsHalvedUntilItFits() throws Exception {
        backend.decide(batch -> batch.header().getCount() > 10 ? Answer.of(413) : null);
        send(1, 100);
        allArriveInOrder(100);
        assertThat(node.metric("defender_publisher_split_batches_total")).isGreaterThan(8);
        assertThat(node.metric("defender_publisher_dead_records_total")).isZero();
    }

    @Test
    void aBadRecordBecomesADeadLetterAndTheRestArrives() throws Exception {
        backend.decide(batch -> batch.header().getProducer().equals("sensor")
                        && batch.items().stream().anyMatch(item -> item.sequence() == 42)
                ? Answer.problem(400, ScriptedBackend.BAD_BATCH)
                : null);
        send(1, 100);
        await().until(() -> backend.items("sensor", Lanes.BULK).size() == 99
                && !backend.gaps().isEmpty());
        assertThat(backend.items("sensor", Lanes.BULK).stream().map(Delivered.Item::sequence))
                .doesNotContain(42L)
                .doesNotHaveDuplicates();
        Gap gap = backend.gaps().getFirst();
        assertThat(backend.gaps()).hasSize(1);
        assertThat(gap.getProducer()).isEqualTo("sensor");
        assertThat(gap.getEpoch()).isEqualTo(7);
        assertThat(gap.getReason()).isEqualTo(LossReason.LOSS_REASON_DEAD_LETTER);
        assertThat(gap.getRecordClass()).isEqualTo(RecordClass.RECORD_CLASS_EXEC);
        assertThat(gap.getCount()).isEqualTo(1);
        assertThat(gap.getRanges(0).getFirst()).isEqualTo(42);
        assertThat(gap.getRanges(0).getLast()).isEqualTo(42);
        assertThat(node.metric("defender_publisher_dead_records_total")).isEqualTo(1);
        try (Stream<Path> kept = Files.list(home.spool().resolve("dead"))) {
            assertThat(kept).hasSize(1);
        }
    }

    @Test
    void aStrangersBadRequestIsNoProofAgainstTheBatch() throws Exception {
        int before = backend.requests();
        backend.decide(batch -> batch.header().getProducer().equals("sensor") && backend.requests() < before + 3
                ? new Answer(400, Map.of("Content-Type", "text/html"), "<h1>" + ScriptedBackend.BAD_BATCH)
                : null);
        send(1, 10);
        allArriveInOrder(10);
    }

    @Test
    void aFreshDetectionPassesABacklogThatIsStuck() throws Exception {
        backend.decide(batch -> batch.header().getLaneValue() == Lanes.BULK ? Answer.of(503) : null);
        send(1, 2000);
        try (TestProducer producer = new TestProducer(home.socket())) {
            producer.greet("sensor", 7, 2001, 1);
            producer.sendRecords(Lanes.URGENT, RecordClasses.DETECTION, 1, 1, 500);
        }
        await().until(() -> backend.items("sensor", Lanes.URGENT).size() == 1);
        assertThat(backend.items("sensor", Lanes.BULK)).isEmpty();
    }

    @Test
    void aBackendThatGoesAwayAndComesBackLosesNothing() throws Exception {
        int port = backend.port();
        send(1, 20);
        allArriveInOrder(20);
        backend.close();
        send(21, 40);
        node.awaitLine("BackendUnreachable");
        try (ScriptedBackend again = new ScriptedBackend(pki, "localhost", port)) {
            await().until(() -> again.items("sensor", Lanes.BULK).size() == 20);
            assertThat(again.items("sensor", Lanes.BULK).getFirst().sequence()).isEqualTo(21);
            node.awaitLine("BackendUnreachable: resolved");
        }
    }

    @Test
    void whatTheBackendHasIsNotSentAgainAfterARestart() throws Exception {
        send(1, 30);
        allArriveInOrder(30);
        // Its answer, too, has to be there before the end.
        await().until(() -> node.metric("defender_publisher_backlog_bytes{lane=\"bulk\"}") == 0);
        node.close();
        node = new LocalNode(home.options(backend.endpoint()));
        send(31, 40);
        allArriveInOrder(40);
    }

    @Test
    void acknowledgedRecordsThatTheSpoolLostAreReportedExactly() throws Exception {
        node.close();
        backend.close();
        List<String> nowhere = home.options("https://localhost:1");
        try (LocalNode filling = new LocalNode(nowhere)) {
            assertThat(filling.output()).contains("ready");
            send(1, 10);
            send(11, 20);
        }
        try (Stream<Path> segments = Files.list(home.spool().resolve("bulk"))) {
            Path segment = segments.filter(file -> file.toString().endsWith(".seg"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(segment);
            // In the body of the last record: its neighbours must survive.
            bytes[bytes.length - 50] ^= 1;
            Files.write(segment, bytes);
        }
        try (ScriptedBackend again = new ScriptedBackend(pki);
                LocalNode reading = new LocalNode(home.options(again.endpoint()))) {
            await().until(() -> again.items("sensor", Lanes.BULK).size() == 19
                    && !again.gaps().isEmpty());
            Gap gap = again.gaps().getFirst();
            assertThat(gap.getReason()).isEqualTo(LossReason.LOSS_REASON_SPOOL_DAMAGED);
            assertThat(gap.getRanges(0).getFirst()).isEqualTo(20);
            assertThat(gap.getRanges(0).getLast()).isEqualTo(20);
            assertThat(gap.getCount()).isEqualTo(1);
            assertThat(reading.metric("defender_publisher_lost_records_total")).isEqualTo(1);
        }
        node = new LocalNode(nowhere);
        assertThat(directory).exists();
    }
}
