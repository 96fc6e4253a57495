/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bpf4j.BpfException;
import bpf4j.BpfObject;
import bpf4j.Errno;
import bpf4j.MappedMemory;
import bpf4j.RingBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The process with a ring and a ledger is this one. */
@SuppressWarnings("NullAway.Init") // a skipped test sets nothing up
class InjectorTest {
    private static final int EXEC = 1;
    private static final int EXIT = 3;

    private BpfObject sensor;

    @BeforeEach
    void load() throws IOException {
        try (InputStream in = Injector.class.getResourceAsStream("/bpf/inject.bpf.o")) {
            sensor = BpfObject.open("sensor", in.readAllBytes());
            sensor.load();
        } catch (BpfException refused) {
            if (refused.errno() != Errno.EPERM) {
                throw refused;
            }
            assumeTrue(false, "skipped: this user may not load BPF programs");
        }
    }

    @AfterEach
    void close() {
        if (sensor != null) {
            sensor.close();
        }
    }

    private static byte[] event(int type, int length) {
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(0, (short) type)
                .putInt(4, length)
                .putInt(68, 77)
                .array();
    }

    @Test
    void eventsComeRoundInOrderWithTheTimeOfTheirWriting() throws IOException {
        List<Integer> lengths = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        try (Injector injector =
                        Injector.into(ProcessHandle.current().pid(), List.of(event(EXEC, 300), event(EXIT, 104)));
                RingBuffer ring = RingBuffer.map(sensor.map("events"))) {
            injector.inject(3);
            injector.inject(2);
            ring.consume((data, offset, length) -> {
                lengths.add(length);
                times.add(data.getLong(offset + 8));
                assertThat(data.getInt(offset + 68)).as("row").isZero();
            });
            assertThat(injector.offered()).isEqualTo(5);
            assertThat(injector.ringFull()).isZero();
        }
        assertThat(lengths).containsExactly(300, 104, 300, 104, 300);
        assertThat(times).isSorted().doesNotContain(0L);
        assertThat(ledger(EXEC, 0)).isEqualTo(3);
        assertThat(ledger(EXIT, 0)).isEqualTo(2);
    }

    @Test
    void whatFindsNoRoomIsCounted() throws IOException {
        try (Injector injector = Injector.into(ProcessHandle.current().pid(), List.of(event(EXEC, 1000)));
                RingBuffer ring = RingBuffer.map(sensor.map("events"))) {
            injector.inject(10_000);
            int taken = ring.consume((data, offset, length) -> {});
            assertThat(injector.ringFull()).isPositive();
            assertThat(taken + injector.ringFull()).isEqualTo(10_000);
            assertThat(ledger(EXEC, 0)).isEqualTo(10_000);
            assertThat(ledger(EXEC, 2)).isEqualTo(injector.ringFull());
        }
    }

    @Test
    void aProcessWithoutARingIsNamed() {
        assertThatThrownBy(() -> Injector.into(1, List.of())).isInstanceOf(IOException.class);
    }

    private long ledger(int type, int word) {
        try (MappedMemory memory = sensor.map("ledger").mapMemory(false)) {
            return memory.buffer().getLong(((type - 1) * 16 + word) * Long.BYTES);
        }
    }
}
