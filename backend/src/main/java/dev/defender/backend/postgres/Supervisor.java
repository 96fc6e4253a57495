/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one server process running: starts it, waits for its end, starts it again with growing pauses. Everything
 * happens on one thread that lives as long as the server should, because the kernel stops the server when it dies.
 */
final class Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final long POLL_MILLIS = 10;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;
    private static final Duration STOP_AGAIN = Duration.ofMillis(500);
    private static final long LOG_BYTES = 8L << 20;

    private final PostgresOptions options;
    private final ServerCommand command;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CompletableFuture<Void> firstStart = new CompletableFuture<>();
    private final AtomicLong restarts = new AtomicLong();
    private final Thread thread;
    private volatile boolean ready;
    private volatile @Nullable Process process;

    Supervisor(PostgresOptions options, ServerCommand command) {
        this.options = options;
        this.command = command;
        this.thread =
                Thread.ofPlatform().name("postgres-supervisor").daemon(true).unstarted(this::run);
    }

    /** Completes when the server accepts connections for the first time, or exceptionally when it ended before that. */
    CompletableFuture<Void> start() {
        thread.start();
        return firstStart;
    }

    boolean ready() {
        return ready;
    }

    long restarts() {
        return restarts.get();
    }

    /** Pid of the server, 0 while there is none. */
    long pid() {
        Process current = process;
        return current != null && current.isAlive() ? current.pid() : 0;
    }

    /** Stops the server: open transactions are rolled back, everything committed is written. */
    void stop() throws PostgresException {
        closing.countDown();
        try {
            // Again, because a restart that was under way may not have been far enough to be told.
            do {
                if (pid() != 0) {
                    stopServer(command, options);
                }
            } while (!thread.join(STOP_AGAIN));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresException("Interrupted while PostgreSQL was stopping.", e);
        }
    }

    static void stopServer(ServerCommand command, PostgresOptions options) throws PostgresException {
        List<String> fast = List.of("stop", "--pgdata=" + options.data(), "--mode=fast", "--wait", "--timeout=60");
        try {
            command.run("pg_ctl", fast);
        } catch (PostgresException e) {
            if (Postmaster.running(options.data()).isPresent()) {
                command.run("pg_ctl", List.of("stop", "--pgdata=" + options.data(), "--mode=immediate", "--wait"));
            }
        }
    }

    private void run() {
        try {
            keepRunning();
        } finally {
            firstStart.completeExceptionally(
                    new PostgresException("PostgreSQL's supervisor ended before it was ready."));
        }
    }

    private void keepRunning() {
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            boolean wasReady = runOnce();
            if (closing.getCount() == 0 || !firstStart.isDone() || firstStart.isCompletedExceptionally()) {
                return;
            }
            pause = wasReady ? FIRST_PAUSE_MILLIS : Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            LOG.warn("PostgreSQL ended by itself; starting it again in {} ms", pause);
            try {
                if (closing.await(pause, TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
            restarts.incrementAndGet();
        }
    }

    private boolean runOnce() {
        try {
            Process started = start(options.log());
            process = started;
            boolean wasReady = awaitReady(started);
            int status = started.waitFor();
            ready = false;
            if (!wasReady) {
                failFirst("PostgreSQL ended with status " + status + " before it was ready: " + lastLogLine());
            }
            return wasReady;
        } catch (IOException e) {
            failFirst("PostgreSQL could not be started: " + e.getMessage() + ".");
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Process start(Path log) throws IOException {
        File file = log.toFile();
        boolean full = Files.exists(log) && Files.size(log) > LOG_BYTES;
        return command.bound("postgres", List.of("-D", options.data().toString()))
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(full ? ProcessBuilder.Redirect.to(file) : ProcessBuilder.Redirect.appendTo(file))
                .start();
    }

    private boolean awaitReady(Process started) throws InterruptedException {
        while (!Postmaster.ready(options.data(), started.pid())) {
            if (started.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        ready = true;
        firstStart.complete(null);
        return true;
    }

    private void failFirst(String message) {
        if (!firstStart.completeExceptionally(new PostgresException(message))) {
            LOG.error("{}", message);
        }
    }

    private String lastLogLine() throws IOException {
        List<String> lines = Files.readAllLines(options.log(), java.nio.charset.StandardCharsets.ISO_8859_1);
        return lines.stream()
                .filter(line -> line.contains("FATAL") || line.contains("PANIC") || line.contains("ERROR"))
                .reduce((first, second) -> second)
                .orElse(lines.isEmpty() ? "it said nothing" : lines.getLast());
    }
}
