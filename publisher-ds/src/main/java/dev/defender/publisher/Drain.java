/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher;

import dev.defender.publisher.health.Console;
import dev.defender.publisher.spool.SpoolInUseException;
import dev.defender.publisher.spool.SpoolLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ships what an earlier publisher has left in the spool, for a limited time, and tells what was shipped and what was not: the
 * last thing that happens on a node before the spool is removed. It serves no producer and adds nothing but the statement
 * that the publisher's own stream is over.
 */
final class Drain {
    /** Where Kubernetes reads a container's last words. */
    static final Path TERMINATION_LOG = Path.of("/dev/termination-log");

    private static final long LOOK_MILLIS = 100;
    private static final long LOCK_LOOK_MILLIS = 200;

    private final Options options;
    private final Console console;
    private final Map<String, String> environment;
    private final Path terminationLog;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch told = new CountDownLatch(1);
    private final long deadline;

    /** The time begins now. */
    Drain(Options options, Console console, Map<String, String> environment, Path terminationLog) {
        this.options = options;
        this.console = console;
        this.environment = environment;
        this.terminationLog = terminationLog;
        this.deadline =
                System.nanoTime() + Duration.ofSeconds(options.drainSeconds()).toNanos();
    }

    /**
     * Returns when the spool is empty, or the time is over, or {@link #stop} was called; in each case the outcome is told.
     *
     * @throws IOException if the spool cannot be used, or another publisher holds it to the end of the time
     */
    void run() throws IOException, InterruptedException {
        try {
            if (Files.isDirectory(options.spool())) {
                drain(Node.open(options, console, lock(), List.of(), environment, () -> {}));
            } else {
                tell(0, 0);
            }
        } finally {
            told.countDown();
        }
    }

    /** Ends the waiting, and returns when the outcome is told. Any thread. */
    void stop() {
        stopped.countDown();
        try {
            told.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain(Node node) throws IOException, InterruptedException {
        if (node.backlogBytes() > 0) {
            Node.thread("intake", node::takeIn).start();
            node.start();
            if (emptied(node)) {
                node.postFinalCut(Math.max(0, deadline - System.nanoTime()) / 1_000_000);
                emptied(node);
            }
            if (!node.end()) {
                throw new IOException(
                        "the spool " + options.spool() + " is still being read; what is left was not counted");
            }
        }
        long abandoned = node.backlogRecords();
        node.close();
        tell(node.shippedRecords(), abandoned);
    }

    /** Whether nothing is left; looks again and again, because what is delivered is settled by another thread. */
    private boolean emptied(Node node) throws IOException, InterruptedException {
        while (node.backlogBytes() > 0) {
            if (!mayWait(LOOK_MILLIS)) {
                return false;
            }
        }
        return true;
    }

    /** The publisher whose spool this is may not have ended yet. */
    private SpoolLock lock() throws IOException, InterruptedException {
        while (true) {
            try {
                return SpoolLock.take(options.spool());
            } catch (SpoolInUseException e) {
                if (!mayWait(LOCK_LOOK_MILLIS)) {
                    throw e;
                }
            }
        }
    }

    private boolean mayWait(long millis) throws InterruptedException {
        return deadline - System.nanoTime() > 0 && !stopped.await(millis, TimeUnit.MILLISECONDS);
    }

    private void tell(long shipped, long abandoned) {
        String outcome = "drained shipped=" + shipped + " abandoned=" + abandoned;
        console.milestone(outcome);
        if (!Files.isWritable(terminationLog)) {
            return;
        }
        try {
            Files.writeString(
                    terminationLog,
                    "publisher: " + outcome,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            console.trouble(terminationLog + " cannot be written: " + e.getMessage());
        }
    }
}
