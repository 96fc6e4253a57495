/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and SIGINT: the event thread ends its work in order, and the process ends with status 0. Close it when that is
 * done; an exit after that keeps its own status.
 */
final class StopSignal implements AutoCloseable {
    private static final int MARGIN_SECONDS = 10;

    private final long patienceSeconds;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** @param finishSeconds that the end of the event thread may take, beside closing what is open */
    StopSignal(int finishSeconds) {
        patienceSeconds = finishSeconds + MARGIN_SECONDS;
    }

    /** @param stop called on another thread; makes the event thread come to its end */
    void install(Runnable stop) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> onShutdown(stop)));
    }

    @Override
    public void close() {
        ended.countDown();
    }

    private void onShutdown(Runnable stop) {
        if (ended.getCount() == 0) {
            return;
        }
        stop.run();
        try {
            if (ended.await(patienceSeconds, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
