/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bpf4j.example.ExecSnoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The README's example is the one in the sources, and does what it says in a Java of its own. */
@Timeout(30)
class ReadmeTest {
    private static final Path JAVA_SOURCE = Path.of("src/test/java/bpf4j/example/ExecSnoop.java");
    private static final Path BPF_SOURCE = Path.of("src/test/bpf/exec.bpf.c");

    @Test
    void theReadmeShowsTheSourcesThatAreTested() throws IOException {
        String readme = Files.readString(Path.of("README.md"));

        assertThat(readme).contains("```java\n" + Files.readString(JAVA_SOURCE) + "```");
        assertThat(readme).contains("```c\n" + Files.readString(BPF_SOURCE) + "```");
    }

    @Test
    void theExampleIsShort() throws IOException {
        String source = Files.readString(JAVA_SOURCE);
        String body = source.substring(source.indexOf("public final class"));

        assertThat(body.lines().count()).isLessThanOrEqualTo(30);
    }

    @Test
    void theExamplePrintsProgramsThatStart(@TempDir Path directory) throws Exception {
        TestObjects.assumeKernelAllows();
        Path output = directory.resolve("output");
        Process example = new ProcessBuilder(command("1000"))
                .redirectOutput(output.toFile())
                .start();
        Set<String> started = new HashSet<>();
        boolean seen = false;
        while (!seen && example.isAlive()) {
            Process process = new ProcessBuilder("/bin/true").start();
            started.add(process.pid() + " true");
            process.waitFor();
            seen = Files.readAllLines(output).stream().anyMatch(started::contains);
        }
        example.destroy();
        example.waitFor();

        assertThat(seen).isTrue();
    }

    @Test
    void withoutCapabilitiesTheExampleSaysWhichAreMissing(@TempDir Path directory) throws Exception {
        TestObjects.assumeKernelAllows();
        Path output = directory.resolve("output");
        List<String> command = new ArrayList<>(List.of("setpriv", "--bounding-set=-bpf,-perfmon,-sys_admin"));
        command.addAll(command("1"));
        Process example = start(command, output);
        assumeTrue(example != null, "skipped: setpriv (util-linux) is not installed");
        assertThat(example.waitFor(20, TimeUnit.SECONDS)).isTrue();

        assertThat(example.exitValue()).isEqualTo(1);
        assertThat(output)
                .content()
                .contains("load BPF object execsnoop: EPERM")
                .contains("This process lacks CAP_BPF and CAP_PERFMON");
    }

    private static @org.jspecify.annotations.Nullable Process start(List<String> command, Path output) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException absent) {
            return null;
        }
    }

    private static List<String> command(String count) throws Exception {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ExecSnoop.class.getName(),
                Path.of(ReadmeTest.class.getResource("/bpf/exec.bpf.o").toURI()).toString(),
                count);
    }
}
