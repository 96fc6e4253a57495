/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.clusterdemo;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs commands as a person at a terminal would: bash, in the source tree, with kubectl, helm and defenderctl on the
 * path. Everything that they print goes to one log.
 */
final class Bash implements AutoCloseable {
    private static final int LAST_LINES = 15;
    private static final int STOP_SECONDS = 5;

    private final Path directory;
    private final Path log;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Process> background = new ArrayList<>();

    /**
     * @param directory where commands run
     * @param log what they print is appended here
     * @param path searched before the rest of PATH
     */
    Bash(Path directory, Path log, List<Path> path) {
        this.directory = directory;
        this.log = log;
        StringBuilder search = new StringBuilder();
        path.forEach(entry -> search.append(entry).append(File.pathSeparatorChar));
        environment.put("PATH", search + System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"));
    }

    void set(String variable, String value) {
        environment.put(variable, value);
    }

    /** What the commands run with, beside this process's own environment. */
    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** @throws IOException if it fails or does not end in time; the message holds its last lines */
    void run(String what, String commands, Duration limit) throws IOException, InterruptedException {
        long from = Files.exists(log) ? Files.size(log) : 0;
        Process process = start(commands);
        process.getOutputStream().close();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            stop(process);
            throw new IOException(what + " did not end in " + limit.toSeconds() + " s" + lastLines(from));
        }
        if (process.exitValue() != 0) {
            throw new IOException(what + " ended with exit status " + process.exitValue() + lastLines(from));
        }
    }

    /** What the commands print. */
    String output(String what, String commands, Duration limit) throws IOException, InterruptedException {
        Path file = Files.createTempFile(log.toAbsolutePath().getParent(), "output", "");
        try {
            run(what, "exec >" + file + "\n" + commands, limit);
            return Files.readString(file);
        } finally {
            Files.delete(file);
        }
    }

    /** Starts commands that run until this is closed. */
    void startInBackground(String commands) throws IOException {
        background.add(start(commands));
    }

    private Process start(String commands) throws IOException {
        Files.writeString(
                log,
                "$ " + commands.strip().replace("\n", "\n  ") + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        ProcessBuilder bash = new ProcessBuilder(
                        "setpriv", "--pdeathsig", "TERM", "--", "bash", "-euo", "pipefail", "-c", commands)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        bash.environment().putAll(environment);
        return bash.start();
    }

    private String lastLines(long from) throws IOException {
        byte[] all = Files.readAllBytes(log);
        String[] lines = new String(all, (int) from, all.length - (int) from, StandardCharsets.UTF_8)
                .strip()
                .split("\n", -1);
        StringBuilder last = new StringBuilder(":");
        for (int i = Math.max(1, lines.length - LAST_LINES); i < lines.length; i++) {
            last.append("\n    ").append(lines[i]);
        }
        return last.append("\n  (all of it: ").append(log).append(')').toString();
    }

    private static void stop(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    void stopBackground() throws InterruptedException {
        for (Process process : background) {
            stop(process);
            process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        }
        background.clear();
    }

    @Override
    public void close() throws InterruptedException {
        stopBackground();
    }
}
