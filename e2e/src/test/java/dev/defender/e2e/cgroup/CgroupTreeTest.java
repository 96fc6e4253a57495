/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupTreeTest {
    @Test
    void aProcessOfTheGroupIsCountedKilledAndTheGroupGone() throws Exception {
        CgroupTree tree = realTree();
        Path procs;
        Process process;
        try (Cgroup group = tree.create("defender-test-" + UUID.randomUUID(), new Limits(64 << 20, 100))) {
            procs = group.procsFiles().getFirst();
            StringBuilder join = new StringBuilder();
            for (Path file : group.procsFiles()) {
                join.append("echo $$ > ").append(file).append(" && ");
            }
            process = new ProcessBuilder("sh", "-c", join + "echo in && exec sleep 600").start();
            assertThat(process.inputReader().readLine()).isEqualTo("in");
            assertThat(Files.readAllLines(procs)).containsExactly(Long.toString(process.pid()));
            assertThat(group.usage().cpuNanos()).isPositive();
            assertThat(group.usage().oomKills()).isZero();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(procs.getParent()).doesNotExist();
    }

    @Test
    void v2IsReadByItsOwnNames(@TempDir Path root) throws Exception {
        Files.writeString(root.resolve("cgroup.controllers"), "cpuset cpu io memory pids\n");
        Files.writeString(root.resolve("cgroup.subtree_control"), "cpu memory\n");
        CgroupTree tree = CgroupTree.detect(root);
        Cgroup group = tree.create("g", Limits.PUBLISHER);

        assertThat(tree.version()).isEqualTo("v2");
        assertThat(root.resolve("g/memory.max")).hasContent("209715200");
        assertThat(root.resolve("g/cpu.max")).hasContent("6000 100000");
        Files.writeString(
                root.resolve("g/memory.stat"),
                "anon 10\nfile 999\nkernel 20\nsock 3\nshmem 4\n"
                        + "workingset_refault_anon 8\nworkingset_refault_file 7\n");
        Files.writeString(root.resolve("g/memory.events"), "low 0\noom 2\noom_kill 1\n");
        Files.writeString(root.resolve("g/cpu.stat"), "usage_usec 5\nnr_periods 9\nnr_throttled 2\nthrottled_usec 6\n");
        assertThat(group.usage()).isEqualTo(new Usage(37, 5_000, 6_000, 2, 1, 7));
    }

    @Test
    void aHostWithoutControllersSaysSo(@TempDir Path root) {
        assertThatThrownBy(() -> CgroupTree.detect(root))
                .isInstanceOf(CgroupTree.CgroupsUnavailable.class)
                .hasMessageContaining("no memory and cpu controllers");
    }

    private static CgroupTree realTree() throws IOException {
        try {
            return CgroupTree.detect(CgroupTree.DEFAULT_ROOT);
        } catch (CgroupTree.CgroupsUnavailable e) {
            return abort("cgroups cannot be written here: " + e.getMessage());
        }
    }
}
