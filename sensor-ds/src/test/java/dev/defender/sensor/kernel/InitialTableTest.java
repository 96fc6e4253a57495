/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.sensor.decode.EventFlags;
import dev.defender.sensor.decode.EventType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class InitialTableTest {
    @Test
    void hasEveryProcessWithItsArguments() throws Exception {
        try (KernelFixture kernel = KernelFixture.open()) {
            Process waiting = kernel.cgroup.start("/bin/sleep", "1000");
            kernel.drain();
            List<Seen> table;
            try {
                while (KernelFixture.ofType(kernel.drain(), EventType.EXEC).isEmpty()) {
                    Thread.onSpinWait();
                }
                table = kernel.initialTable();
            } finally {
                waiting.destroyForcibly().waitFor();
            }
            int self = (int) ProcessHandle.current().pid();
            Seen sleep = find(table, (int) waiting.pid());

            assertThat(table).allMatch(task -> task.type() == EventType.TASK);
            assertThat(table).extracting(Seen::pid).doesNotHaveDuplicates().contains(self);
            assertThat(sleep.exec().args()).containsExactly("/bin/sleep", "1000");
            assertThat(sleep.exec().exe())
                    .isEqualTo(Path.of("/bin/sleep").toRealPath().toString());
            assertThat(sleep.exec().cwd())
                    .isEqualTo(Path.of("").toAbsolutePath().toString());
            assertThat(sleep.exec().cgroup()).isEqualTo("/" + kernel.cgroup.name());
            assertThat(sleep.parentPid()).isEqualTo(self);
            assertThat(sleep.parentStartBootNs()).isEqualTo(find(table, self).startBootNs());
            assertThat(find(table, 2).has(EventFlags.KERNEL_THREAD)).isTrue();
            assertThat(find(table, 2).exec().exe()).isEmpty();
        }
    }

    private static Seen find(List<Seen> table, int pid) {
        return table.stream().filter(task -> task.pid() == pid).findFirst().orElseThrow();
    }
}
