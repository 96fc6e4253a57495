/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.defender.protocol.v1.Welcome;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.publisher.support.Delivered;
import dev.defender.publisher.support.RunningPublisher;
import dev.defender.publisher.support.RunningPublisher.Home;
import dev.defender.publisher.support.ScriptedBackend;
import dev.defender.publisher.support.ScriptedBackend.Answer;
import dev.defender.publisher.support.TestPki;
import dev.defender.publisher.support.TestProducer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 under load, again and again, while the backend refuses every tenth batch. The oracle is what was acknowledged:
 * all of it has to arrive, whole; more than once only as the same bytes.
 */
@Tag("faults")
class KillLoopTest {
    private static final int CYCLES = Integer.getInteger("defender.faults.cycles", 20);
    private static final int FRAME = 50;
    private static final int BODY = 285;

    @Test
    void nothingAcknowledgedIsLost(@TempDir Path directory) throws Exception {
        Random random = new Random(11);
        TestPki pki = new TestPki();
        Home home = new Home(directory, pki);
        AtomicLong acked = new AtomicLong();
        try (ScriptedBackend backend = new ScriptedBackend(pki)) {
            backend.decide(_ -> backend.requests() % 10 == 0 ? Answer.of(503) : null);
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                RunningPublisher publisher = RunningPublisher.start(home.options(backend.endpoint()));
                try (publisher) {
                    await().atMost(Duration.ofSeconds(30)).until(() -> publisher.said("publisher: ready"));
                    loadUntilKilled(home, publisher, acked, 100 + random.nextInt(900));
                }
            }
            assertThat(acked.get()).as("load").isGreaterThan(CYCLES * FRAME);
            try (RunningPublisher last = RunningPublisher.start(home.options(backend.endpoint()))) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> arrived(backend).size() >= acked.get());
                assertThat(last.isAlive()).isTrue();
            }
            Map<Long, byte[]> arrived = arrived(backend);
            for (long sequence = 1; sequence <= acked.get(); sequence++) {
                assertThat(arrived.get(sequence))
                        .as("record %d", sequence)
                        .isEqualTo(TestProducer.body(sequence, BODY));
            }
            assertThat(backend.gaps()).isEmpty();
        }
    }

    /** One connection of a producer that keeps what was not acknowledged and begins there. */
    private static void loadUntilKilled(Home home, RunningPublisher publisher, AtomicLong acked, long millis)
            throws InterruptedException {
        Thread killer = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            publisher.kill();
        });
        try (TestProducer producer = new TestProducer(home.socket())) {
            Welcome welcome = producer.greet("sensor", 7, acked.get() + 1, 1);
            assertThat(welcome.getDurableSequence(Lanes.BULK)).isGreaterThanOrEqualTo(acked.get());
            long next = welcome.getDurableSequence(Lanes.BULK) + 1;
            acked.set(next - 1);
            while (true) {
                producer.sendRecords(Lanes.BULK, RecordClasses.EXEC, next, next + FRAME - 1, BODY);
                next += FRAME;
                // Several frames in flight, so that a kill finds some in every stage.
                if (next - acked.get() > 8 * FRAME) {
                    acked.set(producer.awaitAck(Lanes.BULK, acked.get() + 1).getDurableSequence());
                }
            }
        } catch (IOException e) {
            // The kill. What was acknowledged until here is the obligation.
            killer.join();
        }
    }

    /** By sequence; fails where two copies differ. */
    private static Map<Long, byte[]> arrived(ScriptedBackend backend) {
        Map<Long, byte[]> bodies = new HashMap<>();
        for (Delivered.Item item : backend.items("sensor", Lanes.BULK)) {
            byte[] before = bodies.put(item.sequence(), item.body());
            assertThat(before == null || Arrays.equals(before, item.body())).isTrue();
        }
        return bodies;
    }
}
