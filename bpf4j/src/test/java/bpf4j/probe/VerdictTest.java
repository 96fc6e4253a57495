/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
    static ProbeFacts host(String name) throws IOException {
        try (InputStream in = VerdictTest.class.getResourceAsStream("/hosts/" + name + ".facts")) {
            assertThat(in).as(name).isNotNull();
            return FactsText.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @CsvSource({"all-works", "user-with-capabilities", "no-trampolines"})
    void aHostWhereTypedTracepointsWorkCanBeObserved(String name) throws IOException {
        Verdict verdict = Verdict.of(host(name));

        assertThat(verdict.canObserve()).isTrue();
        assertThat(verdict.reason()).isEqualTo(Reason.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not-root                  | NOT_ROOT           | uid 1000 without CAP_BPF and CAP_PERFMON | as root",
                "root-without-capabilities | MISSING_CAPABILITY | CAP_BPF and CAP_PERFMON and its bounding set | grant",
                "only-cap-bpf              | MISSING_CAPABILITY | lacks CAP_PERFMON; | grant it CAP_PERFMON",
                "no-btf                    | NO_BTF             | no BTF | CONFIG_DEBUG_INFO_BTF=y",
                "user-namespace            | EPERM              | user namespace | hostUsers",
                "seccomp                   | EPERM              | seccomp | allow the bpf system call",
                "confidentiality           | EPERM              | lockdown=confidentiality | integrity",
                "eperm-without-cause       | EPERM              | although the process has the capabilities | policy forbids",
                "kernel-5.4                | KERNEL_TOO_OLD     | 5.4.0-190-generic is older than 5.8 | 5.8 or later",
            })
    void aNamedReasonSaysWhatIsMissingAndWhatToDo(String name, Reason reason, String missing, String remedy)
            throws IOException {
        Verdict verdict = Verdict.of(host(name));

        assertThat(verdict.canObserve()).isFalse();
        assertThat(verdict.reason()).isEqualTo(reason);
        assertThat(verdict.reason().isNamed()).isTrue();
        assertThat(verdict.sentence()).contains(missing).contains(remedy).doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({"no-libbpf, NO_LIBBPF", "odd-failure, LOAD_FAILED"})
    void aDefectIsNoPropertyOfTheHost(String name, Reason reason) throws IOException {
        Verdict verdict = Verdict.of(host(name));

        assertThat(verdict.canObserve()).isFalse();
        assertThat(verdict.reason()).isEqualTo(reason);
        assertThat(verdict.reason().isNamed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"6.18.44-cloud-amd64, 6, 18", "5.10.0-28-amd64, 5, 10", "4.4, 4, 4", "weird, 0, 0", "'', 0, 0"})
    void kernelReleasesAreReadByTheirNumbers(String text, int major, int minor) {
        assertThat(KernelRelease.parse(text)).isEqualTo(new KernelRelease(major, minor));
    }

    @Test
    void aRecordedHostReadsBackTheSame() throws IOException {
        ProbeFacts facts = host("no-trampolines");

        assertThat(FactsText.parse(FactsText.format(facts))).isEqualTo(facts);
        assertThat(facts.usable(Hook.TP_BTF)).isTrue();
        assertThat(facts.hook(Hook.FENTRY).orElseThrow().why()).contains("trampolines");
    }

    @Test
    void aLineThatIsNoFactIsNamed() {
        assertThatThrownBy(() -> FactsText.parse("kernel=6.1\nnonsense\n")).hasMessageContaining("nonsense");
    }
}
