/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.ship;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt, ms: full jitter under a bound that doubles from 0.2 s to 60 s, so that a
 * short hiccup costs little and a thousand nodes do not come back at once. One thread.
 */
final class Backoff {
    private static final long FIRST_MILLIS = 200;
    private static final long LAST_MILLIS = 60_000;
    private static final long MAX_RETRY_AFTER_MILLIS = 600_000;

    private long bound = FIRST_MILLIS;

    void reset() {
        bound = FIRST_MILLIS;
    }

    long next() {
        long wait = ThreadLocalRandom.current().nextLong(1, bound + 1);
        bound = Math.min(2 * bound, LAST_MILLIS);
        return wait;
    }

    /** The larger of {@link #next} and what the server asked for, which is believed up to ten minutes. */
    long next(long retryAfterMillis) {
        return Math.max(next(), Math.min(retryAfterMillis, MAX_RETRY_AFTER_MILLIS));
    }
}
