/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting: what must wake a reader does, with no timer behind it; what must not, does not. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // a skipped test sets nothing up
class RingWaitTest {
    private static final RecordHandler IGNORE = (data, offset, length) -> {};
    private static final int FOREVER = -1;

    private Producer producer;
    private RingBuffer ring;

    @BeforeEach
    void load() {
        TestObjects.assumeKernelAllows();
        producer = Producer.load(256 * 1024, 0);
        ring = RingBuffer.map(producer.ring());
    }

    @AfterEach
    void close() {
        if (ring != null) {
            ring.close();
            producer.close();
        }
    }

    /** After this the next wait is a batch wait, since records were taken. */
    private void takeOne() {
        producer.produce(1);
        ring.consume(IGNORE);
    }

    @Test
    void whileRecordsFlowASingleOneDoesNotWake() {
        ring.await(0, 0);
        takeOne();
        ring.await(0, FOREVER);
        takeOne();
        producer.produce(1);

        assertThat(ring.await(1, FOREVER)).isFalse();
        assertThat(ring.consume(IGNORE)).isEqualTo(1);
    }

    @Test
    void aRecordThatMustBeSeenAtOnceWakes() {
        takeOne();
        producer.produceUrgent(1);

        assertThat(ring.await(FOREVER, FOREVER)).isTrue();
    }

    @Test
    void aBacklogBeyondTheWatermarkEndsTheWait() {
        takeOne();
        while (ring.backlogBytes() < RingBuffer.WATERMARK_BYTES) {
            producer.produceOddSizes(64);
        }
        assertThat(ring.await(FOREVER, FOREVER)).isTrue();
    }

    @Test
    void passingTheWatermarkWakesAReaderThatSleeps() throws Exception {
        takeOne();
        AtomicBoolean woken = new AtomicBoolean();
        Thread reader = Thread.ofPlatform().start(() -> woken.set(ring.await(FOREVER, FOREVER)));
        while (reader.getState() != Thread.State.TERMINATED && producer.dropped() == 0) {
            producer.produceOddSizes(16);
        }
        reader.join();

        assertThat(woken).isTrue();
    }

    @Test
    void theFirstRecordWakesAnIdleReader() {
        takeOne();
        ring.await(0, FOREVER);
        assertThat(ring.await(FOREVER, 0)).as("now idle").isFalse();
        producer.produce(1);

        assertThat(ring.await(FOREVER, FOREVER)).isTrue();
        assertThat(ring.consume(IGNORE)).isEqualTo(1);
    }

    @Test
    void anotherThreadCanEndAnEndlessWait() throws Exception {
        Thread reader = Thread.ofPlatform().start(() -> ring.await(FOREVER, FOREVER));
        ring.wakeup();
        reader.join();

        assertThat(reader.isAlive()).isFalse();
    }

    @Test
    void noWakeUpIsLostBetweenLookingAndSleeping() throws Exception {
        long rounds = 3_000;
        AtomicLong taken = new AtomicLong();
        Thread reader = Thread.ofPlatform().start(() -> {
            while (taken.get() < rounds) {
                taken.addAndGet(ring.consume(IGNORE));
                ring.await(0, FOREVER);
            }
        });
        for (long round = 0; round < rounds; round++) {
            producer.produce(1);
            for (long spins = round % 50 * 20; spins > 0 || taken.get() < round - 1; spins--) {
                Thread.onSpinWait();
            }
        }
        reader.join(50_000);
        boolean hung = reader.isAlive();
        ring.wakeup();

        assertThat(hung).as("reader sleeps although records are there").isFalse();
        assertThat(taken).hasValue(rounds);
    }

    @Test
    void countsAreRightWhileProducerAndReaderRace() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong taken = new AtomicLong();
        Thread reader = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                taken.addAndGet(ring.consume(IGNORE));
                ring.await(5, FOREVER);
            }
            taken.addAndGet(ring.consume(IGNORE));
        });
        for (int run = 0; run < 20_000; run++) {
            producer.produceOddSizes(64);
        }
        done.set(true);
        ring.wakeup();
        reader.join();

        assertThat(taken).hasValue(producer.produced());
        assertThat(producer.produced() + producer.dropped()).isEqualTo(20_000 * 64);
    }

    @Test
    void neitherReadingNorWaitingAllocates() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long smallest = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 20 && smallest > 0; attempt++) {
            for (int run = 0; run < 50; run++) {
                producer.produce(64);
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int round = 0; round < 1_000; round++) {
                ring.consume(IGNORE, 4);
                ring.await(0, 0);
            }
            smallest = Math.min(smallest, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(smallest).isZero();
    }
}
