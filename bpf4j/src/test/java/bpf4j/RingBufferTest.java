/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // a skipped test sets nothing up
class RingBufferTest {
    private static final int RING_BYTES = 64 * 1024;

    private Producer producer;
    private RingBuffer ring;

    @BeforeEach
    void load() {
        TestObjects.assumeKernelAllows();
    }

    @AfterEach
    void close() {
        if (ring != null) {
            ring.close();
        }
        if (producer != null) {
            producer.close();
        }
    }

    private void start(int discardEvery) {
        producer = Producer.load(RING_BYTES, discardEvery);
        ring = RingBuffer.map(producer.ring());
    }

    @Test
    void recordsOfOddSizesComeWholeAndInOrderAcrossManyWraps() {
        start(0);
        List<Integer> lengths = new ArrayList<>();
        long[] last = {0};
        long total = 0;
        for (int round = 0; round < 200; round++) {
            producer.produceOddSizes(64);
            total += ring.consume((data, offset, length) -> {
                assertThat(data.getLong(offset)).isEqualTo(++last[0]);
                if (length > Long.BYTES) {
                    assertThat(data.get(offset + length - 1)).isEqualTo((byte) length);
                }
                lengths.add(length);
            });
        }
        assertThat(lengths.subList(0, 4)).containsExactly(8, 17, 100, 1000);
        assertThat(total).isEqualTo(200 * 64);
        assertThat(ring.backlogBytes()).isZero();
    }

    @Test
    void discardedRecordsAreSkippedAndCounted() {
        start(7);
        int delivered = 0;
        for (int round = 0; round < 20; round++) {
            producer.produce(64);
            delivered += ring.consume((data, offset, length) -> {});
        }
        assertThat(ring.discardedRecords()).isEqualTo(producer.discarded()).isEqualTo(20 * 64 / 7);
        assertThat(delivered).isEqualTo(producer.produced());
        assertThat(delivered + ring.discardedRecords()).isEqualTo(20 * 64);
    }

    @Test
    void aFullRingDropsAtTheProducerWhichCountsThem() {
        start(0);
        for (int round = 0; round < 100; round++) {
            producer.produceOddSizes(64);
        }
        assertThat(ring.backlogBytes()).isLessThanOrEqualTo(ring.sizeBytes()).isGreaterThan(RING_BYTES / 2);
        int delivered = ring.consume((data, offset, length) -> {});

        assertThat(producer.dropped()).isPositive();
        assertThat(delivered).isEqualTo(producer.produced());
        assertThat(producer.produced() + producer.dropped()).isEqualTo(100 * 64);
    }

    @Test
    void aLimitEndsTheCallAndTheNextGoesOnBehindIt() {
        start(0);
        producer.produce(10);
        List<Long> numbers = new ArrayList<>();
        RecordHandler collect = (data, offset, length) -> numbers.add(data.getLong(offset));

        assertThat(ring.consume(collect, 4)).isEqualTo(4);
        assertThat(ring.consume(collect)).isEqualTo(6);
        assertThat(numbers).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void aRecordWhoseHandlerThrewCountsAsTaken() {
        start(0);
        producer.produce(2);
        assertThatThrownBy(() -> ring.consume((data, offset, length) -> {
                    throw new IllegalArgumentException("handler");
                }))
                .hasMessage("handler");
        List<Long> numbers = new ArrayList<>();
        ring.consume((data, offset, length) -> numbers.add(data.getLong(offset)));

        assertThat(numbers).containsExactly(2L);
    }

    @Test
    void aSuccessorGoesOnWhereTheReaderClosed() {
        start(0);
        producer.produce(5);
        ring.consume((data, offset, length) -> {}, 3);
        ring.close();
        List<Long> numbers = new ArrayList<>();
        ring = RingBuffer.map(producer.ring());
        ring.consume((data, offset, length) -> numbers.add(data.getLong(offset)));

        assertThat(numbers).containsExactly(4L, 5L);
    }

    @Test
    void aSuccessorOfAReaderThatDiedSeesTheLastRecordAgain() {
        start(0);
        producer.produce(5);
        ring.consume((data, offset, length) -> {}, 3);
        List<Long> numbers = new ArrayList<>();
        try (RingBuffer successor = RingBuffer.map(producer.ring())) {
            successor.consume((data, offset, length) -> numbers.add(data.getLong(offset)));
        }
        assertThat(numbers).containsExactly(3L, 4L, 5L);
    }

    @Test
    void aMapThatIsNoRingIsRefusedByName() {
        start(0);
        assertThatThrownBy(() -> RingBuffer.map(producer.map("few"))).hasMessageContaining("few is no ring buffer");
    }

    @Test
    void theReaderMayOutliveObjectAndMap() {
        start(0);
        producer.produce(3);
        producer.close();
        assertThat(ring.consume((data, offset, length) -> {})).isEqualTo(3);
    }
}
