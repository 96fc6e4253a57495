/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.charts;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real kube-apiserver of the testbed, without nodes. Skips the test where the testbed is not built. */
final class ApiServer implements AutoCloseable {
    private static final Path TESTBED = Source.ROOT.resolve("e2e/testbed/testbed");

    private final Process process;
    private final Path state;

    private ApiServer(Process process, Path state) {
        this.process = process;
        this.state = state;
    }

    static ApiServer start(Path state) throws IOException {
        assumeTrue(Helm.ofTestbedIsThere(), "the testbed is not built (e2e/testbed/testbed build)");
        Process process = new ProcessBuilder(
                        TESTBED.toString(), "up", "--apiserver-only", "--foreground", "--state", state.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals("ready")) {
                return new ApiServer(process, state);
            }
        }
        throw new IOException(
                "the testbed's API server did not start; e2e/testbed/testbed up --apiserver-only says why");
    }

    Run helm(String... arguments) {
        return testbed("helm", "", arguments);
    }

    /** @param input what {@code -f -} reads */
    Run kubectl(String input, String... arguments) {
        return testbed("kubectl", input, arguments);
    }

    private Run testbed(String program, String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(TESTBED.toString(), program, "--state", state.toString()));
        command.addAll(List.of(arguments));
        return Run.of(command, input);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
