/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stops the backend in good order when the process is told to end, also when that happens while it starts. */
final class StopHook {
    private static final long START_SECONDS = 60;

    private final CountDownLatch startOver = new CountDownLatch(1);
    private volatile @Nullable RunningBackend running;

    void install() {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::stop));
    }

    void started(RunningBackend backend) {
        running = backend;
    }

    /** The start has succeeded or failed. */
    void done() {
        startOver.countDown();
    }

    private void stop() {
        try {
            // A PostgreSQL that is half started must not be left behind.
            startOver.await(START_SECONDS, TimeUnit.SECONDS);
            RunningBackend backend = running;
            if (backend != null) {
                backend.close();
                System.out.flush();
                // A stop that was asked for is a success; a JVM ended by a signal would say otherwise.
                Runtime.getRuntime().halt(0);
            }
        } catch (IOException e) {
            System.err.println("backend: " + e.getMessage());
            Runtime.getRuntime().halt(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
