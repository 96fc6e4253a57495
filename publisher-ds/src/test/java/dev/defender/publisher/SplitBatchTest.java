/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A batch that is sent in halves while other things go wrong. The spool holds three epochs of a hundred records each: a
 * batch is of one epoch, so the reader has given the next one's first run before the batch is sent.
 */
class SplitBatchTest {
    private static final int EPOCHS = 3;
    private static final int RECORDS = 100;

    private final TestPki pki = new TestPki();
    private final Home home;
    private final ScriptedBackend backend;

    SplitBatchTest(@TempDir Path directory) throws Exception {
        home = new Home(directory, pki);
        backend = new ScriptedBackend(pki);
    }

    /** The first epoch in a segment of its own, the others in the next one. */
    @BeforeEach
    void fill() throws Exception {
        spool(1, 1);
        spool(2, EPOCHS);
        backend.decide(_ -> Answer.of(503));
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    private void spool(int first, int last) throws Exception {
        try (LocalNode filling = new LocalNode(home.options("https://localhost:1"))) {
            filling.awaitLine("ready");
            for (int epoch = first; epoch <= last; epoch++) {
                try (TestProducer producer = new TestProducer(home.socket())) {
                    producer.greet("sensor", epoch, 1, 1);
                    producer.sendRecords(Lanes.BULK, RecordClasses.EXEC, 1, RECORDS, 100);
                    producer.awaitAck(Lanes.BULK, RECORDS);
                }
            }
        }
    }

    private LocalNode node() throws Exception {
        return new LocalNode(home.options(backend.endpoint()));
    }

    private List<Long> delivered(int epoch) {
        return backend.delivered().stream()
                .filter(batch -> batch.header().getProducer().equals("sensor")
                        && batch.header().getEpoch() == epoch)
                .flatMap(batch -> batch.items().stream())
                .map(Delivered.Item::sequence)
                .toList();
    }

    private static boolean isLast(Delivered batch) {
        return batch.header().getProducer().equals("sensor") && batch.header().getEpoch() == EPOCHS;
    }

    private static List<Long> all() {
        return LongStream.rangeClosed(1, RECORDS).boxed().toList();
    }

    @Test
    void aStopBetweenTheHalvesLosesNeitherOfThem() throws Exception {
        backend.decide(batch -> isLast(batch) && batch.header().getCount() > RECORDS / 2
                ? Answer.of(413)
                : isLast(batch) && batch.header().getFirstSequence() > RECORDS / 2 ? Answer.of(503) : null);
        try (LocalNode first = node()) {
            await().until(() -> delivered(EPOCHS).size() == RECORDS / 2);
            assertThat(first.metric("defender_publisher_split_batches_total")).isEqualTo(1);
        }
        backend.decide(_ -> null);
        try (LocalNode second = node()) {
            await().until(() -> delivered(EPOCHS).contains((long) RECORDS));
            assertThat(second.metric("defender_publisher_lost_records_total")).isZero();
        }
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            // The settled half may come again after a restart; what matters is that all came.
            assertThat(delivered(epoch)).containsAll(all());
        }
        assertThat(backend.gaps()).isEmpty();
    }

    @Test
    void aCheckpointThatFailsBetweenTheHalvesLosesNeitherOfThem() throws Exception {
        // Where a checkpoint is written aside; the disk refuses it, whatever the user may write.
        Path aside = Files.createDirectory(home.spool().resolve("bulk/checkpoint.new"));
        backend.decide(batch -> isLast(batch) && batch.header().getCount() > RECORDS / 2 ? Answer.of(413) : null);
        try (LocalNode node = node()) {
            node.awaitLine("SpoolFailed (ReadFailed)");
            await().until(() -> delivered(EPOCHS).size() == RECORDS);
            Files.delete(aside);
            await().until(() -> node.metric("defender_publisher_backlog_bytes{lane=\"bulk\"}") == 0);
            assertThat(node.metric("defender_publisher_lost_records_total")).isZero();
        }
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            assertThat(delivered(epoch)).containsExactlyElementsOf(all());
        }
        assertThat(backend.gaps()).isEmpty();
    }
}
