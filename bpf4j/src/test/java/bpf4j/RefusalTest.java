/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import bpf4j.probe.FeatureProbe;
import bpf4j.probe.Hook;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads when the kernel or libbpf says no. */
class RefusalTest {
    @Test
    void bytesThatAreNoObjectAreCalledThat() {
        byte[] text = "#!/bin/sh\nexit 0\n".getBytes(StandardCharsets.US_ASCII);
        BpfException refused = catchThrowableOfType(
                BpfException.class, () -> BpfObject.open("script", text).close());

        assertThat(refused.errno()).isEqualTo(Errno.LIBBPF_FORMAT);
        assertThat(refused.number()).isEqualTo(4001);
        assertThat(refused)
                .hasMessageStartingWith("open BPF object script: LIBBPF_FORMAT (not a valid BPF object file). ")
                .hasMessageContaining("clang -O2 -g -target bpf");
    }

    @Test
    void aTruncatedObjectIsRefusedToo() {
        byte[] whole = TestObjects.elf("ring");
        for (int length : new int[] {0, 1, 63, 64, whole.length / 2, whole.length - 1}) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> BpfObject.open("cut", cut).close())
                    .as("%d bytes", length)
                    .isInstanceOf(BpfException.class);
        }
    }

    @Test
    void aProgramThatTheVerifierRefusesShowsItsLog() {
        TestObjects.assumeKernelAllows();
        try (BpfObject object = TestObjects.open("refused")) {
            BpfException refused = catchThrowableOfType(BpfException.class, object::load);

            assertThat(refused.errno()).isEqualTo(Errno.EACCES);
            assertThat(refused.verifierLog()).contains("careless").contains("map_value_or_null");
            assertThat(refused)
                    .hasMessageContaining("The verifier refused the program")
                    .hasMessageContaining("map_value_or_null");
        }
    }

    @Test
    void aKernelThatRefusesTrampolinesIsTold() {
        TestObjects.assumeKernelAllows();
        assumeFalse(
                FeatureProbe.probe(List.of(Hook.FENTRY)).usable(Hook.FENTRY),
                "skipped: trampolines work on this kernel");
        try (BpfObject object = TestObjects.open("events")) {
            object.program("on_entry").autoload(true);

            assertThatThrownBy(object::load)
                    .hasMessageContaining("EPERM (operation not permitted)")
                    .hasMessageContaining("trampolines")
                    .hasMessageContaining("on_entry");
        }
    }

    @Test
    void stepsOutOfOrderAreNamed() {
        try (BpfObject object = TestObjects.open("ring")) {
            assertThatThrownBy(() -> object.program("produce").run(null)).hasMessageContaining("call load() first");
            assertThatThrownBy(() -> object.map("ring")).hasMessageContaining("call load() first");
            object.close();
            assertThatThrownBy(object::load).hasMessage("object ring is closed");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LOAD_OBJECT  | 1   | 0          |                        | lacks CAP_BPF and CAP_PERFMON",
                "LOAD_OBJECT  | 1   | 8000000000 |                        | lacks CAP_PERFMON",
                "LOAD_OBJECT  | 1   | c000000000 |                        | trampolines",
                "ATTACH       | 1   | c000000000 |                        | CAP_NET_ADMIN",
                "LOAD_OBJECT  | 2   | c000000000 | failed to find valid kernel BTF | CONFIG_DEBUG_INFO_BTF",
                "ATTACH       | 2   | c000000000 |                        | no such hook",
                "LOAD_OBJECT  | 22  | c000000000 | unknown func bpf_loop#181 | a helper that this kernel",
                "LOAD_OBJECT  | 22  | c000000000 |                        | no such program type",
                "LOAD_OBJECT  | 7   | c000000000 |                        | too complex",
                "LOAD_OBJECT  | 12  | c000000000 |                        | locked-memory limit",
                "LOAD_OBJECT  | 524 | c000000000 |                        | FeatureProbe",
                "LOAD_LIBRARY | 2   | c000000000 |                        | apt-get install libbpf1",
            })
    void commonErrorsSayWhatToDo(Operation operation, int errno, String capabilities, String log, String expected) {
        Capabilities effective = new Capabilities(Long.parseUnsignedLong(capabilities, 16));

        assertThat(Hints.of(operation, errno, log == null ? "" : log, effective))
                .contains(expected);
    }
}
