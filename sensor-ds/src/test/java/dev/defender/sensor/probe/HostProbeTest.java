/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import bpf4j.probe.FactsText;
import bpf4j.probe.Reason;
import dev.defender.sensor.ring.HookProgram;
import dev.defender.sensor.ring.HookState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded facts of hosts that this one is not. */
class HostProbeTest {
    private static final String GOOD = """
            kernel=6.1.0-18-amd64
            libbpf=1.1
            btf=true
            uid=0
            initial_user_namespace=true
            cap_effective=1ffffffffff
            cap_bounding=1ffffffffff
            hook.tp_btf=usable
            hook.iter=usable
            """;

    private static HostProbe with(String line) {
        String key = line.substring(0, line.indexOf('=') + 1);
        String others = GOOD.lines().filter(l -> !l.startsWith(key)).reduce("", (a, b) -> a + b + "\n");
        return HostProbe.of(FactsText.parse(others + line + "\n"));
    }

    @Test
    void aGoodHostHasNoReason() {
        HostProbe probe = HostProbe.of(FactsText.parse(GOOD));

        assertThat(probe.verdict().canObserve()).isTrue();
        assertThat(probe.report(CapabilityMatrix.none("not tried"))).startsWith("This host can be observed.\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kernel=5.4.0-150-generic | KERNEL_TOO_OLD | 5.8",
                "btf=false | NO_BTF | CONFIG_DEBUG_INFO_BTF",
                "hook.tp_btf=1 load: EPERM | EPERM | EPERM",
                "cap_effective=0 | MISSING_CAPABILITY | CAP_BPF"
            })
    void eachNamedReasonIsOneSentenceThatSaysWhatToDo(String line, Reason reason, String says) {
        HostProbe probe = with(line);

        assertThat(probe.verdict().reason()).isEqualTo(reason);
        assertThat(probe.verdict().reason().isNamed()).isTrue();
        assertThat(probe.refusal())
                .startsWith("sensor: cannot observe this host: ")
                .contains(says)
                .contains("; ")
                .hasLineCount(1);
    }

    @Test
    void theMatrixOfSuchAHostHasEveryRowWithTheReason() {
        assertThat(CapabilityMatrix.none("kernel too old"))
                .extracting(Capability::name)
                .containsExactly(
                        "exec",
                        "fork",
                        "exit",
                        "connect",
                        "listen",
                        "open",
                        "accept",
                        "initial process table",
                        "containers at their creation",
                        "containers at their removal");
        assertThat(CapabilityMatrix.none("kernel too old"))
                .allMatch(row -> !row.active() && row.reason().equals("kernel too old"));
    }

    @Test
    void whatAHookIsForIsMissingWithItsReason() {
        List<Capability> matrix = CapabilityMatrix.of(List.of(
                new HookState(HookProgram.EXEC, true, ""), new HookState(HookProgram.SYSCALL_EXIT, false, "EPERM")));

        assertThat(matrix)
                .contains(
                        new Capability("exec", "tp_btf/sched_process_exec", true, ""),
                        new Capability("open", "tp_btf/sys_exit", false, "EPERM"),
                        new Capability("accept", "tp_btf/sys_exit", false, "EPERM"),
                        new Capability("fork", "tp_btf/sched_process_fork", false, "not tried"));
    }
}
