/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // a skipped test sets nothing up
class BpfMapTest {
    private BpfObject object;

    @BeforeEach
    void open() {
        TestObjects.assumeKernelAllows();
        object = TestObjects.open("ring");
    }

    @AfterEach
    void close() {
        if (object != null) {
            object.close();
        }
    }

    private static byte[] u32(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }

    private static byte[] u64(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putLong(value)
                .array();
    }

    @Test
    void aMapIsReachedByItsIdToo() {
        BpfMap map = object.load().map("few");
        map.update(u32(1), u64(10));
        try (BpfMap same = BpfMap.openId(map.info().id())) {
            assertThat(same.lookup(u32(1))).isEqualTo(u64(10));
        }
    }

    @Test
    void entriesAreCreatedReadWalkedAndRemoved() {
        BpfMap map = object.load().map("few");
        map.update(u32(1), u64(10));
        map.update(u32(2), u64(20));
        TreeSet<Integer> keys = new TreeSet<>();
        for (byte[] key = map.nextKey(null); key != null; key = map.nextKey(key)) {
            keys.add(ByteBuffer.wrap(key).order(ByteOrder.nativeOrder()).getInt());
        }

        assertThat(keys).containsExactly(1, 2);
        assertThat(map.lookup(u32(2))).isEqualTo(u64(20));
        assertThat(map.lookup(u32(3))).isNull();
        assertThat(map.delete(u32(2))).isTrue();
        assertThat(map.delete(u32(2))).isFalse();
    }

    @Test
    void updateKeepsToItsFlagAndToTheSize() {
        BpfMap map = object.load().map("few");
        map.update(u32(1), u64(10), BpfMap.NO_EXIST);
        map.update(u32(2), u64(10));
        map.update(u32(3), u64(10));

        assertThat(catchThrowableOfType(BpfException.class, () -> map.update(u32(1), u64(1), BpfMap.NO_EXIST))
                        .errno())
                .isEqualTo(Errno.EEXIST);
        assertThat(catchThrowableOfType(BpfException.class, () -> map.update(u32(9), u64(1), BpfMap.EXIST))
                        .errno())
                .isEqualTo(Errno.ENOENT);
        assertThatThrownBy(() -> map.update(u32(4), u64(1)))
                .hasMessageContaining("few")
                .hasMessageContaining("E2BIG")
                .hasMessageContaining("max_entries");
    }

    @Test
    void aKeyOfTheWrongSizeNeverReachesTheKernel() {
        BpfMap map = object.load().map("few");

        assertThatThrownBy(() -> map.lookup(u64(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("map few has a key of 4 bytes, not 8");
    }

    @Test
    void sizesCanBeChangedBeforeLoadOnly() {
        object.mapSpec("few").maxEntries(77);

        assertThat(object.load().map("few").info().maxEntries()).isEqualTo(77);
        assertThatThrownBy(() -> object.mapSpec("few")).hasMessageContaining("before load()");
    }

    @Test
    void perCpuMapsYieldOneValueForEachPossibleCpu() {
        BpfMap map = object.load().map("per_cpu");

        assertThat(map.info().perCpu()).isTrue();
        assertThat(map.valueSize()).isPositive().isEqualTo(Libbpf.libbpf_num_possible_cpus() * 8);
        assertThat(map.lookup(0)).isNotNull();
    }

    @Test
    void mappedArraysShowAndChangeWhatProgramsSee() {
        BpfMap map = object.load().map("counters");
        try (MappedMemory memory = map.mapMemory(true)) {
            object.program("produce").run(new byte[] {3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
            assertThat(memory.buffer().getLong(0)).isEqualTo(3);

            memory.buffer().putLong(0, 100);
            assertThat(map.lookup(0)).isEqualTo(ByteBuffer.wrap(u64(100)).order(ByteOrder.nativeOrder()));
        }
    }

    @Test
    void constantsAndVariablesAreSetByTheirCNames() {
        object.globals().setLong("tag", 42).setLong("last_number", 1_000);
        GlobalVariable number = object.globals().variable("last_number");
        GlobalVariable runs = object.globals().variable("runs");
        object.load();
        try (MappedMemory variables = object.map(".bss").mapMemory(true)) {
            assertThat(object.program("produce").run(new byte[] {2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}))
                    .isEqualTo(42);
            assertThat(number.section()).isEqualTo(".bss");
            assertThat(variables.buffer().getLong(number.offset())).isEqualTo(1_002);
            assertThat(variables.buffer().getLong(runs.offset())).isEqualTo(1);
        }
    }

    @Test
    void aWrongNameListsTheRightOnes() {
        assertThatThrownBy(() -> object.globals().setInt("tagg", 1)).hasMessageContaining("discard_every");
        assertThatThrownBy(() -> object.globals().setInt("tag", 1)).hasMessage("global tag has 8 bytes, not 4");
        assertThatThrownBy(() -> object.mapSpec("rong")).hasMessageContaining("[ring, counters");
        assertThatThrownBy(() -> object.program("rong")).hasMessageContaining("[produce]");
    }

    @Test
    void constantsCannotBeMappedForWritingOnceLoaded() {
        BpfMap constants = object.load().map(".rodata");

        assertThatThrownBy(() -> constants.mapMemory(true))
                .isInstanceOf(BpfException.class)
                .hasMessageContaining("without write access");
        constants.mapMemory(false).close();
    }
}
