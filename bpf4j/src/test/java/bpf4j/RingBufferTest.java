/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RingBufferTest {
    private BpfObject object;
    private RingBuffer ring;

    @BeforeEach
    void load() {
        TestObjects.assumeKernelAllows();
        object = TestObjects.open("ring");
        object.mapSpec("ring").maxEntries(64 * 1024);
        object.globals().setInt("discard_every", 7);
        object.load();
        ring = RingBuffer.map(object.map("ring"));
    }

    @AfterEach
    void close() {
        if (ring != null) {
            ring.close();
        }
        if (object != null) {
            object.close();
        }
    }

    private void produce(int records, boolean odd) {
        byte[] request = ByteBuffer.allocate(12)
                .order(ByteOrder.nativeOrder())
                .putInt(records)
                .putInt(odd ? 1 : 0)
                .putInt(0)
                .array();
        assertThat(object.program("produce").run(request)).isEqualTo(1);
    }

    @Test
    void recordsOfOddSizesComeInOrderAcrossManyWraps() {
        List<Integer> lengths = new ArrayList<>();
        long[] last = {0};
        long total = 0;
        for (int round = 0; round < 200; round++) {
            produce(64, true);
            total += ring.consume((data, offset, length) -> {
                long number = data.getLong(offset);
                assertThat(number).isGreaterThan(last[0]);
                last[0] = number;
                if (length > 8) {
                    assertThat(data.get(offset + length - 1)).isEqualTo((byte) length);
                }
                lengths.add(length);
            });
        }
        assertThat(lengths).contains(8, 17, 100, 1000);
        assertThat(last[0]).isGreaterThan(12_000);
        assertThat(total + ring.discardedRecords()).isEqualTo(200 * 64);
        assertThat(ring.discardedRecords()).isEqualTo(200 * 64 / 7);
        assertThat(ring.backlogBytes()).isZero();
    }
}
