/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // a skipped test sets nothing up
class PinTest {
    @TempDir
    private Path directory;

    private boolean mounted;

    @BeforeEach
    void mountBpffs() throws Exception {
        TestObjects.assumeKernelAllows();
        mounted = run("mount", "-t", "bpf", "bpf4j-test", directory.toString()) == 0;
        assumeTrue(mounted, "skipped: no bpf file system can be mounted here");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", directory.toString())).isZero();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void aPinnedProgramKeepsFillingItsPinnedRingWhileNobodyHasThemOpen() throws Exception {
        Path linkPin = directory.resolve("on_exec");
        Path ringPin = directory.resolve("ring");
        try (BpfObject object = TestObjects.open("events")) {
            object.mapSpec("ring").pinPath(ringPin);
            object.load();
            BpfLink link = object.program("on_exec").attach();
            link.pin(linkPin);
            link.close();
        }
        Process started = new ProcessBuilder("/bin/true").start();
        started.waitFor();

        List<Integer> seen = new ArrayList<>();
        try (BpfMap map = BpfMap.openPinned(ringPin);
                RingBuffer ring = RingBuffer.map(map)) {
            ring.consume((data, offset, length) -> seen.add(data.getInt(offset + 4)));
            assertThat(seen).contains((int) started.pid());
            try (BpfLink link = BpfLink.openPinned(linkPin)) {
                link.unpin();
            }
            BpfMap.unpin(ringPin);
            ring.consume((data, offset, length) -> {});
            new ProcessBuilder("/bin/true").start().waitFor();
            assertThat(ring.backlogBytes()).as("detached").isZero();
        }
    }

    @Test
    void aSecondObjectTakesOverAPinnedMapByPathOrByReference() {
        Path pin = directory.resolve("counters");
        try (BpfObject first = TestObjects.open("ring")) {
            first.load().map("counters").pin(pin);
            first.program("produce").run(new byte[] {3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        }
        try (BpfObject byPath = TestObjects.open("ring")) {
            byPath.mapSpec("counters").pinPath(pin);
            byPath.load().program("produce").run(new byte[] {4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        }
        try (BpfMap counters = BpfMap.openPinned(pin);
                BpfObject byReference = TestObjects.open("ring")) {
            byReference.mapSpec("counters").reuse(counters);
            byReference.load().program("produce").run(new byte[] {5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
            try (MappedMemory memory = counters.mapMemory(false)) {
                assertThat(memory.buffer().getLong(0)).isEqualTo(3 + 4 + 5);
            }
        }
    }

    @Test
    void refusedPinsSayWhatToDo(@TempDir Path elsewhere) {
        Path free = directory.resolve("few");
        try (BpfObject object = TestObjects.open("ring").load()) {
            BpfMap map = object.map("few");
            map.pin(free);

            assertThatThrownBy(() -> map.pin(free))
                    .hasMessageContaining("EEXIST")
                    .hasMessageContaining(free.toString());
            assertThatThrownBy(() -> map.pin(elsewhere.resolve("few"))).hasMessageContaining("mount -t bpf");
            assertThatThrownBy(() -> BpfMap.openPinned(directory.resolve("nothing")))
                    .hasMessageContaining("ENOENT")
                    .hasMessageContaining("Nothing is pinned under that path");
        }
    }
}
