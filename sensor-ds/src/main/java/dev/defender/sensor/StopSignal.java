/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** SIGTERM and SIGINT: the event thread ends its work in order, and the process ends with status 0. */
final class StopSignal {
    private static final long PATIENCE_S = 15;

    private final CountDownLatch stopped = new CountDownLatch(1);

    private StopSignal() {}

    /** @param stop called on another thread; makes the event thread come to its end */
    static StopSignal install(Runnable stop) {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> signal.onSignal(stop)));
        return signal;
    }

    /** The work is done. */
    void stopped() {
        stopped.countDown();
    }

    private void onSignal(Runnable stop) {
        stop.run();
        try {
            if (stopped.await(PATIENCE_S, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
