/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.defender.protocol.v1.Lane;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.publisher.support.Delivered;
import dev.defender.publisher.support.RunningPublisher;
import dev.defender.publisher.support.RunningPublisher.Home;
import dev.defender.publisher.support.ScriptedBackend;
import dev.defender.publisher.support.TestPki;
import dev.defender.publisher.support.TestProducer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backend that takes its time: the producer is acknowledged from the disk, and alerts pass what waits. */
class SlowBackendTest {
    @Test
    void alertsPassABulkBatchThatIsNotAnsweredAndNothingIsLost(@TempDir Path directory) throws Exception {
        TestPki pki = new TestPki();
        Home home = new Home(directory, pki);
        CountDownLatch answerBulk = new CountDownLatch(1);
        try (ScriptedBackend backend = new ScriptedBackend(pki);
                RunningPublisher publisher = RunningPublisher.start(home.options(backend.endpoint()))) {
            backend.decide(batch -> {
                if (batch.header().getLane() == Lane.LANE_BULK) {
                    hold(answerBulk);
                }
                return null;
            });
            await().until(() -> publisher.said("publisher: ready"));
            try (TestProducer producer = new TestProducer(home.socket())) {
                producer.greet("sensor", 1000, 1, 1);
                producer.sendRecords(Lanes.BULK, RecordClasses.EXEC, 1, 500, 285);
                producer.awaitAck(Lanes.BULK, 500);
                producer.sendRecords(Lanes.URGENT, RecordClasses.DETECTION, 1, 3, 900);
                producer.awaitAck(Lanes.URGENT, 3);
            }
            await().until(() -> backend.items("sensor", Lanes.URGENT).size() == 3);
            assertThat(backend.items("sensor", Lanes.BULK)).isEmpty();

            answerBulk.countDown();
            await().until(() -> backend.items("sensor", Lanes.BULK).size() >= 500);
            assertThat(backend.items("sensor", Lanes.BULK))
                    .extracting(Delivered.Item::sequence)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 500).boxed().toList());
        }
    }

    private static void hold(CountDownLatch until) {
        try {
            until.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
