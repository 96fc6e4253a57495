/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bpf4j.probe.Verdict;
import dev.defender.sensor.probe.HostProbe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node in a pid namespace of its own, as kind and k3s in Docker make it. */
class NestedNodeTest {
    @TempDir
    private Path directory;

    @Test
    void idsAreThoseOfTheNodeAndOthersProcessesAreFiltered() throws Exception {
        Verdict verdict = HostProbe.here().verdict();
        assumeTrue(verdict.canObserve(), verdict.sentence());
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/unshare")), "unshare (util-linux) is not installed");
        Path outsider = Files.copy(Path.of("/bin/true"), directory.resolve("outsider"));

        Process nested = start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(nested.getInputStream(), StandardCharsets.UTF_8))) {
            String first = said.readLine();
            assumeTrue(first == null || !first.contains("unshare"), "no pid namespace can be made here: " + first);
            assertThat(first).isEqualTo("ready");
            new ProcessBuilder(outsider.toString()).start().waitFor();
            try (Writer go = nested.outputWriter(StandardCharsets.UTF_8)) {
                go.write("go\n");
            }
            Map<String, String> answers = answers(said);

            assertThat(answers.get("self")).isEqualTo("1");
            assertThat(answers.get("tasks")).isEqualTo("[1]");
            assertThat(answers.get("execs"))
                    .contains("true:" + answers.get("child") + ":1")
                    .doesNotContain("outsider");
            assertThat(answers.get("filtered")).isEqualTo("true");
        } finally {
            nested.destroyForcibly().waitFor();
        }
    }

    private static Process start() throws IOException {
        return new ProcessBuilder(
                        "/usr/bin/unshare",
                        "--pid",
                        "--fork",
                        "--kill-child",
                        "--mount-proc",
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        NestedNodeMain.class.getName())
                .redirectErrorStream(true)
                .start();
    }

    private static Map<String, String> answers(BufferedReader said) throws IOException {
        Map<String, String> answers = new HashMap<>();
        for (@Nullable String line = said.readLine(); line != null; line = said.readLine()) {
            int blank = line.indexOf(' ');
            answers.put(line.substring(0, Math.max(0, blank)), line.substring(blank + 1));
        }
        return answers;
    }
}
