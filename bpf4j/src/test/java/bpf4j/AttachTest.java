/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttachTest {
    private static final int PROCESS_BYTES = 24;

    @BeforeEach
    void assumeKernelAllows() {
        TestObjects.assumeKernelAllows();
    }

    @Test
    void anAttachedProgramReportsAStartedProcess() throws Exception {
        try (BpfObject object = TestObjects.open("events").load();
                RingBuffer ring = RingBuffer.map(object.map("ring"));
                MappedMemory variables = object.map(".bss").mapMemory(true)) {
            Set<Integer> started = new TreeSet<>();
            long pid;
            try (BpfLink ignored = object.program("on_exec").attach()) {
                Process process = new ProcessBuilder("/bin/true").start();
                pid = process.pid();
                process.waitFor();
                ring.consume((data, offset, length) -> started.add(data.getInt(offset + 4)));
            }
            long seen = variables.buffer().getLong(0);
            new ProcessBuilder("/bin/true").start().waitFor();

            assertThat(started).contains((int) pid);
            assertThat(seen).isPositive();
            assertThat(variables.buffer().getLong(0)).as("detached").isEqualTo(seen);
        }
    }

    @Test
    void theTaskIteratorYieldsThisProcess() {
        try (BpfObject object = TestObjects.open("events").load()) {
            List<Integer> pids = new ArrayList<>();
            ByteBuffer all = ByteBuffer.allocate(1 << 20).order(ByteOrder.nativeOrder());
            long bytes = object.program("list_tasks").iterate(all::put);

            assertThat(bytes).isEqualTo(all.position());
            for (int at = 0; at < all.position(); at += PROCESS_BYTES) {
                pids.add(all.getInt(at));
            }
            assertThat(pids).contains((int) ProcessHandle.current().pid());
        }
    }

    @Test
    void aHookThatThisKernelLacksIsNamedAndTheOthersStillLoad() {
        try (BpfObject object = TestObjects.open("events")) {
            object.program("on_nothing").autoload(true);
            BpfException refused = catchThrowableOfType(BpfException.class, object::load);

            assertThat(refused).isNotNull();
            assertThat(refused.operation()).isEqualTo(Operation.LOAD_OBJECT);
            assertThat(refused.verifierLog()).contains("on_nothing");
        }
        try (BpfObject object = TestObjects.open("events").load()) {
            assertThat(object.program("on_nothing").autoload()).isFalse();
            object.program("on_exec").attach().close();
        }
    }
}
