/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.defender.e2e.stack.Capabilities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a testbed ends, the machine is as it was. */
@Tag("cluster")
class TestbedLifeTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @BeforeEach
    void needsRoot() {
        assumeTrue(Capabilities.current().root(), "a node of the testbed needs root");
    }

    @Test
    void itLeavesNothingWhenItIsStopped() throws Exception {
        List<String> before = Traces.machine();
        Traces traces;
        try (Testbed testbed = Testbed.up()) {
            System.out.println(
                    "testbed: " + String.join(", ", testbed.progress().strip().split("\n", -1)));
            Probe.in(testbed).run("write", "/host/library/trace", "left");
            traces = Traces.of(testbed);
            assertThat(traces.left())
                    .anyMatch(trace -> trace.startsWith("control group"))
                    .anyMatch(trace -> trace.startsWith("link"))
                    .anyMatch(trace -> trace.startsWith("process"));
            assertThat(Traces.machine()).isEqualTo(before);
        }
        assertThat(traces.left()).isEmpty();
        assertThat(Traces.machine()).isEqualTo(before);
    }

    @Test
    void inAPidNamespaceOfItsOwnItSeesOnlyItself() throws Exception {
        Traces traces;
        try (Testbed testbed = Testbed.up("--pidns")) {
            Probe probe = Probe.in(testbed);
            traces = Traces.of(testbed);
            assertThat(probe.run("read", "/proc/1/cmdline")).contains("testbed");
            // Documentation's addresses: no machine has them.
            assertThatThrownBy(() -> probe.run("fetch", "http://198.51.100.1"))
                    .as("nothing leaves the machine")
                    .hasMessageContaining("unreachable");
            assertThat(probe.run("read", "/proc/self/cgroup"))
                    .contains(":/kubepods")
                    .doesNotContain("defender-testbed");
        }
        assertThat(traces.left()).isEmpty();
    }

    @Test
    void twoAtOnceDoNotMeet() throws Exception {
        try (Testbed one = Testbed.up();
                Testbed other = Testbed.up()) {
            Probe first = Probe.in(one);
            Probe second = Probe.in(other);
            assertThat(first.run("fetch", "http://server.probe")).isEqualTo("hello from the server");
            assertThat(second.run("fetch", "http://server.probe")).isEqualTo("hello from the server");
            first.run("write", "/host/library/trace", "one");
            assertThat(other.nodeExec("cat", "/var/lib/defender/probe/trace").okay())
                    .isFalse();
        }
    }

    @Test
    void aSecondOneInTheSameFolderIsRefusedWithASentence(@TempDir Path folder) throws Exception {
        String state = folder.resolve("state").toString();
        try (Testbed testbed = Testbed.up("--state", state)) {
            assertThat(testbed.kubeconfig()).exists();
            assertThatThrownBy(() -> Testbed.up("--state", state))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("a testbed runs in " + state + " already");
        }
    }

    @Test
    void theDeathOfItsStarterEndsIt() throws Exception {
        Testbed testbed = Testbed.up();
        Traces traces = tracesOfBusy(testbed);
        assertThat(testbed.starter().destroyForcibly()).isTrue();
        await().atMost(SOON).untilAsserted(() -> assertThat(traces.left()).isEmpty());
        assertThatThrownBy(testbed::close).hasMessageContaining("status 137");
    }

    @Test
    void theDeathOfItsKeeperEndsIt() throws Exception {
        Testbed testbed = Testbed.up();
        Traces traces = tracesOfBusy(testbed);
        kill(testbed.status().getOrDefault("keeper", ""));
        await().atMost(SOON).untilAsserted(() -> assertThat(traces.left()).isEmpty());
        assertThatThrownBy(testbed::close).hasMessageContaining("ended unasked: it was killed");
    }

    @Test
    void theDeathOfAPartEndsItAndSaysWhich() throws Exception {
        Testbed testbed = Testbed.up();
        Traces traces = tracesOfBusy(testbed);
        kill(Files.readString(testbed.kubeconfig().resolveSibling("apiserver.pid")));
        await().atMost(SOON).untilAsserted(() -> assertThat(traces.left()).isEmpty());
        assertThatThrownBy(testbed::close)
                .hasMessageContaining("ended unasked: apiserver ended: killed; the last lines of its log:");
    }

    @Test
    void theDeathOfTheNodesProcessEndsIt() throws Exception {
        Testbed testbed = Testbed.up();
        Traces traces = tracesOfBusy(testbed);
        kill(testbed.status().getOrDefault("process", ""));
        await().atMost(SOON).untilAsserted(() -> assertThat(traces.left()).isEmpty());
        assertThatThrownBy(testbed::close)
                .hasMessageContaining("ended with status 1:")
                .hasMessageContaining("signal: killed");
    }

    /** Starter, keeper and node killed in one moment: nobody is left to clean up but the next one who is asked to. */
    @Test
    void whatIsLeftWhenAllAreKilledIsRemovedByDown() throws Exception {
        Testbed testbed = Testbed.up();
        Traces traces = tracesOfBusy(testbed);
        testbed.starter().destroyForcibly();
        kill(testbed.status().getOrDefault("keeper", ""), testbed.status().getOrDefault("process", ""));
        Launcher.command().with("down", "--stale").run().orThrow();
        await().atMost(SOON).untilAsserted(() -> assertThat(traces.left()).isEmpty());
        assertThatThrownBy(testbed::close).hasMessageContaining("status 137");
    }

    private static Traces tracesOfBusy(Testbed testbed) throws IOException, InterruptedException {
        Probe.in(testbed);
        return Traces.of(testbed);
    }

    private static void kill(String... pids) throws IOException, InterruptedException {
        Command.of(List.of("kill", "-KILL")).with(pids).run().orThrow();
    }
}
