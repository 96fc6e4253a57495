/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.inventory;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** When to try again: doubling delays with jitter, or what the server asks for. Collector thread. */
final class Backoff {
    private static final long FIRST_MILLIS = 500;
    private static final long LAST_MILLIS = 60_000;

    private final SplittableRandom random;
    private long step = FIRST_MILLIS;
    private long due = System.nanoTime();

    Backoff(SplittableRandom random) {
        this.random = random;
    }

    boolean due(long now) {
        return now - due >= 0;
    }

    /** Nanoseconds until it is due; not negative. */
    long left(long now) {
        return Math.max(0, due - now);
    }

    /** It may be tried now; whether all is well will be seen. */
    void now() {
        due = System.nanoTime();
    }

    void succeeded() {
        step = FIRST_MILLIS;
        now();
    }

    /** @param seconds that the server asks for; 0 if it does not */
    void failed(int seconds) {
        long millis = step / 2 + random.nextLong(step / 2 + 1);
        step = Math.min(LAST_MILLIS, 2 * step);
        delay(Math.max(millis, TimeUnit.SECONDS.toMillis(seconds)));
    }

    /** Nothing is wrong, but trying again soon has no sense. */
    void rest() {
        delay(LAST_MILLIS + random.nextLong(LAST_MILLIS));
    }

    private void delay(long millis) {
        due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
