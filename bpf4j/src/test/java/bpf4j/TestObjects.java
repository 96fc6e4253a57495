/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The compiled programs under {@code src/test/bpf}. */
final class TestObjects {
    private TestObjects() {}

    /** Skips the calling test where the kernel would refuse for reasons that are not this library's. */
    static void assumeKernelAllows() {
        assumeTrue(Capabilities.effective().canTrace(), "skipped: not root and without CAP_BPF + CAP_PERFMON");
        assumeTrue(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "skipped: this kernel carries no BTF");
    }

    static byte[] elf(String name) {
        try (InputStream in = TestObjects.class.getResourceAsStream("/bpf/" + name + ".bpf.o")) {
            if (in == null) {
                throw new IllegalStateException("the build made no /bpf/" + name + ".bpf.o");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BpfObject open(String name) {
        return BpfObject.open(name, elf(name));
    }
}
