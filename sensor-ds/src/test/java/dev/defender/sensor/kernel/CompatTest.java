/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.defender.sensor.decode.EventFlags;
import dev.defender.sensor.decode.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A 64-bit program can call through the 32-bit door, where the numbers are other ones. */
class CompatTest {
    /** creat("compat-file", 0640), then exit(0), both by int 0x80. */
    private static final String PROGRAM = """
            .globl _start
            _start:
                movl $8, %eax
                movl $name, %ebx
                movl $0640, %ecx
                int $0x80
                movl $1, %eax
                xorl %ebx, %ebx
                int $0x80
            .data
            name: .asciz "compat-file"
            """;

    @Test
    void aCallThroughThe32BitDoorIsSeenAndMarked() throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "the 32-bit door below is x86's");
        try (KernelFixture kernel = KernelFixture.open()) {
            Path program = build(kernel.directory);
            kernel.cgroup.run("/bin/sh", "-c", "cd \"$0\" && exec ./door", kernel.directory.toString());
            assumeTrue(Files.exists(kernel.directory.resolve("compat-file")), "this kernel has no 32-bit system calls");
            Seen event = KernelFixture.only(kernel.drain(), EventType.OPEN);

            assertThat(event.open().path())
                    .isEqualTo(program.resolveSibling("compat-file").toString());
            assertThat(event.open().mode()).isEqualTo(0640);
            assertThat(event.has(EventFlags.COMPAT)).isTrue();
            assertThat(event.has(EventFlags.CREATED)).isTrue();
        }
    }

    private static Path build(Path directory) throws IOException, InterruptedException {
        Path source = Files.writeString(directory.resolve("door.S"), PROGRAM);
        Path program = directory.resolve("door");
        Process compiler = new ProcessBuilder(
                        "clang", "-nostdlib", "-static", "-no-pie", "-o", program.toString(), source.toString())
                .redirectErrorStream(true)
                .start();
        compiler.getInputStream().readAllBytes();
        assumeTrue(compiler.waitFor() == 0, "clang cannot link a program here");
        return program;
    }
}
