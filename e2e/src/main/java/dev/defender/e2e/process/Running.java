/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program that was started. Its output goes to one log file, which is also how it is waited for. */
public final class Running implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final String name;
    private final Process process;
    private final Path log;
    private final int logStart;

    private Running(String name, Process process, Path log, int logStart) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.logStart = logStart;
    }

    /**
     * Starts {@code program}. Call from a thread that lives as long as the program shall: the kernel sends the
     * parent-death signal when that thread ends.
     *
     * @param detached whether it shall outlive this JVM
     * @param log appended to
     */
    public static Running start(
            Program program, Path java, List<String> options, Confinement confinement, boolean detached, Path log)
            throws IOException {
        List<String> command = confinement.wrap(program.command(java, options), detached);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Map<String, String> environment = new HashMap<>();
        environment.put("MALLOC_ARENA_MAX", "1");
        environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"));
        // Nothing of the caller's environment goes along: it may hold secrets, and a node has none of it.
        builder.environment().clear();
        builder.environment().putAll(environment);
        int logStart = Files.exists(log) ? (int) Files.size(log) : 0;
        return new Running(program.name(), builder.start(), log, logStart);
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /**
     * Waits for a line that begins with {@code prefix}.
     *
     * @throws ProgramFailed if the program ends first or the time is over; the message holds its last lines
     */
    public String awaitLine(String prefix, Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            boolean alive = process.isAlive();
            Optional<String> line =
                    lines().stream().filter(l -> l.startsWith(prefix)).findFirst();
            if (line.isPresent()) {
                return line.get();
            }
            if (!alive) {
                throw new ProgramFailed(name, process.exitValue(), tail());
            }
            if (System.nanoTime() > deadline) {
                throw new ProgramFailed(
                        name, -1, "no line \"" + prefix + "\" within " + limit.toSeconds() + " s\n" + tail());
            }
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        }
    }

    /** What this run of the program has written, not an earlier one with the same log. */
    public List<String> lines() throws IOException {
        if (!Files.exists(log)) {
            return List.of();
        }
        // Whole lines only: the last one may still be being written.
        byte[] bytes = Files.readAllBytes(log);
        return new String(bytes, logStart, bytes.length - logStart, StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private String tail() throws IOException {
        List<String> lines = new ArrayList<>(lines());
        Collections.reverse(lines);
        List<String> last = new ArrayList<>(lines.stream().limit(12).toList());
        Collections.reverse(last);
        return String.join("\n", last);
    }

    /** Asks it to stop and waits; kills it when it does not. */
    public int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
            kill();
        }
        return process.waitFor();
    }

    /** SIGKILL, and waits until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /**
     * Waits until it has ended by itself with status 0.
     *
     * @throws ProgramFailed if it ended otherwise or the time is over
     */
    public void awaitExit(Duration limit) throws IOException, InterruptedException {
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
            throw new ProgramFailed(name, -1, "still runs after " + limit.toSeconds() + " s\n" + tail());
        }
        if (process.exitValue() != 0) {
            throw new ProgramFailed(name, process.exitValue(), tail());
        }
    }

    /** Exit status, or empty while it runs. */
    public Optional<Integer> exitStatus() {
        return process.isAlive() ? Optional.empty() : Optional.of(process.exitValue());
    }

    @Override
    public void close() throws InterruptedException {
        if (process.isAlive()) {
            stop();
        }
    }

    /** A program ended, or did not do in time what it was waited for. */
    public static final class ProgramFailed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int exitStatus;

        ProgramFailed(String name, int exitStatus, String tail) {
            super(name + (exitStatus < 0 ? ": " : " ended with status " + exitStatus + ":\n") + tail);
            this.exitStatus = exitStatus;
        }

        /** −1 if it still runs. */
        public int exitStatus() {
            return exitStatus;
        }
    }
}
