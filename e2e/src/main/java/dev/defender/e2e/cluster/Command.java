/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command line with what it runs with; a value that grows by copies.
 *
 * @param line program and arguments
 * @param environment added to this process's
 * @param input its standard input, whole
 * @param limit after which it is killed, status 124
 */
record Command(List<String> line, Map<String, String> environment, byte[] input, Duration limit) {
    private static final int TIMED_OUT = 124;

    static Command of(List<String> line) {
        return new Command(List.copyOf(line), Map.of(), new byte[0], Duration.ofMinutes(10));
    }

    Command with(String... arguments) {
        List<String> longer = new ArrayList<>(line);
        longer.addAll(List.of(arguments));
        return new Command(List.copyOf(longer), environment, input, limit);
    }

    Command withEnvironment(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new Command(line, Map.copyOf(more), input, limit);
    }

    Command withInput(String text) {
        return new Command(line, environment, text.getBytes(StandardCharsets.UTF_8), limit);
    }

    /** Runs it to its end. Its output goes by files, so that none of its pipes can fill up. */
    Answer run() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("defender-command-");
        Path in = directory.resolve("in");
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        try {
            Files.write(in, input);
            ProcessBuilder builder = new ProcessBuilder(line)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            int status = TIMED_OUT;
            try {
                if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    status = process.exitValue();
                }
            } finally {
                process.destroyForcibly();
            }
            return new Answer(line, status, text(out), text(err));
        } finally {
            for (Path file : List.of(in, out, err, directory)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static String text(Path file) throws IOException {
        // A pod may print what is no text.
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
