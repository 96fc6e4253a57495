/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.support;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The publisher as a process of its own, from the test's class path. */
public final class RunningPublisher implements AutoCloseable {
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private RunningPublisher(Process process) {
        this.process = process;
        Thread.ofVirtual().start(() -> {
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    lines.add(line);
                }
            } catch (IOException e) {
                lines.add("(output ended: " + e.getMessage() + ")");
            }
        });
    }

    /** Where a publisher of one test keeps its things. */
    public static final class Home {
        private final Path directory;

        public Home(Path directory, TestPki pki) throws IOException {
            this.directory = directory;
            Files.createDirectories(directory.resolve("run"));
            Files.writeString(directory.resolve("ca.pem"), pki.caPem());
            Files.writeString(directory.resolve("token"), ScriptedBackend.TOKEN + "\n");
        }

        public Path socket() {
            return directory.resolve("run/s.sock");
        }

        public Path spool() {
            return directory.resolve("spool");
        }

        public Path ca() {
            return directory.resolve("ca.pem");
        }

        public Path token() {
            return directory.resolve("token");
        }

        public List<String> options(String endpoint, String... more) {
            List<String> options = new ArrayList<>(List.of(
                    "--socket=" + socket(),
                    "--spool=" + spool(),
                    "--endpoint=" + endpoint,
                    "--ca=" + ca(),
                    "--enrol-token-file=" + token(),
                    "--node=node-1",
                    "--allow-uid=" + uid() + ":sensor",
                    "--health=off"));
            options.addAll(List.of(more));
            return options;
        }
    }

    public static int uid() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public static RunningPublisher start(List<String> options) throws IOException {
        return start(options, Map.of());
    }

    public static RunningPublisher start(List<String> options, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx32m",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.defender.publisher.Publisher"));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy"));
        builder.environment().putAll(environment);
        builder.directory(new File(System.getProperty("java.io.tmpdir")));
        return new RunningPublisher(builder.start());
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    public boolean said(String part) {
        return lines.stream().anyMatch(line -> line.contains(part));
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL, and waits until the process is gone. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /** SIGTERM, and waits until the process is gone; its exit status. */
    public int stop() {
        // Not Process.destroy, which closes the streams: what it says at its end is part of the test.
        process.toHandle().destroy();
        return await();
    }

    public int await() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the publisher did not end: " + lines);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        await();
    }
}
