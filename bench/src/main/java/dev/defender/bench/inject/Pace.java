/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.inject;

import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** Spreads work over time: small portions, each when it is due; what a pause held up follows at once. */
final class Pace {
    private static final long PAUSE_NANOS = 1_000_000;

    private final int perSecond;

    Pace(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Returns at which rate per second it really went, from the start until the last portion was done. */
    double run(long total, IntConsumer portion) {
        long start = System.nanoTime();
        long done = 0;
        while (done < total) {
            long due = Math.min(total, (long) ((System.nanoTime() - start) / 1e9 * perSecond));
            if (due > done) {
                portion.accept((int) (due - done));
                done = due;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return total / ((System.nanoTime() - start) / 1e9);
    }
}
