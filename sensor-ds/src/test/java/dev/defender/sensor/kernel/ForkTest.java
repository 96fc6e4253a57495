/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.defender.sensor.decode.EventType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForkTest {
    @Test
    void namesParentAndChildSoThatTheChildsExecIsItsOwn() throws Exception {
        try (KernelFixture kernel = KernelFixture.open()) {
            long shell = kernel.cgroup.run("/bin/sh", "-c", "/bin/true; :");
            List<Seen> events = kernel.drain();
            Seen fork = KernelFixture.only(events, EventType.FORK);
            Seen exec = KernelFixture.ofType(events, EventType.EXEC).getLast();

            assertThat(fork.pid()).isEqualTo((int) shell);
            assertThat(fork.fork().childPid()).isEqualTo(exec.pid());
            assertThat(fork.fork().childStart()).isEqualTo(exec.startBootNs());
            assertThat(fork.fork().childParent()).isEqualTo((int) shell);
            assertThat(fork.fork().childCgroup()).isEqualTo(kernel.cgroup.key());
            assertThat(fork.fork().childComm()).isEqualTo("sh");
            assertThat(exec.parentPid()).isEqualTo((int) shell);
            assertThat(exec.parentStartBootNs()).isEqualTo(fork.startBootNs());
        }
    }

    @Test
    void aThreadIsNoProcess() throws Exception {
        try (KernelFixture kernel = KernelFixture.open()) {
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            assumeTrue(Files.isExecutable(java), "no java to start threads with");
            kernel.cgroup.start(java.toString(), "-version").waitFor();
            List<Seen> events = kernel.drain();

            assertThat(KernelFixture.ofType(events, EventType.FORK)).isEmpty();
            assertThat(KernelFixture.ofType(events, EventType.EXIT)).hasSize(1);
        }
    }
}
