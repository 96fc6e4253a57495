/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.link;

import java.util.SplittableRandom;

/** Doubling delays with jitter: each is between half and all of its step. One thread. */
final class Backoff {
    private static final long FIRST_MS = 100;
    private static final long LAST_MS = 5_000;
    private static final long REFUSED_MS = 30_000;

    private final SplittableRandom random;
    private long step = FIRST_MS;

    Backoff(SplittableRandom random) {
        this.random = random;
    }

    /** Milliseconds to wait before the next attempt. */
    long next() {
        long delay = jitter(step);
        step = Math.min(LAST_MS, step * 2);
        return delay;
    }

    /** Milliseconds to wait after an answer that retrying will not change. */
    long afterPermanentRefusal() {
        return jitter(REFUSED_MS);
    }

    void reset() {
        step = FIRST_MS;
    }

    private long jitter(long whole) {
        return whole / 2 + random.nextLong(whole / 2 + 1);
    }
}
