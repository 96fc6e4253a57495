/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.protocol.v1.ClockPair;
import java.time.Instant;
import java.util.List;

/**
 * Turns times since boot into wall-clock times with the clock pairs of one batch. All wall-clock values are microseconds
 * since the Unix epoch, PostgreSQL's resolution.
 */
final class ClockCorrection {
    /** How time was found, as the column {@code clock} keeps it. */
    static final int PAIR = 0;

    static final int NO_PAIR = 1;
    static final int AHEAD = 2;

    /** A node whose clock is further ahead than this is not believed. */
    static final long TOLERATED_AHEAD_MICROS = 5 * 60 * 1_000_000L;

    private final long[] boot;
    private final long[] real;
    private final long receivedMicros;

    ClockCorrection(List<ClockPair> pairs, Instant received) {
        boot = pairs.stream().mapToLong(ClockPair::getBoottimeNs).toArray();
        real = pairs.stream().mapToLong(ClockPair::getRealtimeNs).toArray();
        receivedMicros = micros(received);
    }

    static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    }

    long receivedMicros() {
        return receivedMicros;
    }

    /** {@link #PAIR}, {@link #NO_PAIR} or {@link #AHEAD}. */
    int quality(long timeBootNs) {
        if (boot.length == 0) {
            return NO_PAIR;
        }
        long corrected = corrected(timeBootNs);
        return corrected < 0 || corrected > receivedMicros + TOLERATED_AHEAD_MICROS ? AHEAD : PAIR;
    }

    /** Receipt time where the pairs cannot be used. */
    long timeMicros(long timeBootNs) {
        return quality(timeBootNs) == PAIR ? corrected(timeBootNs) : receivedMicros;
    }

    /** By the nearest pair, so that a step of the wall clock inside the batch stays where it was. */
    private long corrected(long timeBootNs) {
        int nearest = 0;
        for (int i = 1; i < boot.length; i++) {
            if (distance(boot[i], timeBootNs) < distance(boot[nearest], timeBootNs)) {
                nearest = i;
            }
        }
        return Math.floorDiv(real[nearest], 1_000L)
                + Math.floorDiv(timeBootNs, 1_000L)
                - Math.floorDiv(boot[nearest], 1_000L);
    }

    private static long distance(long a, long b) {
        return Math.abs(Math.floorDiv(a, 2L) - Math.floorDiv(b, 2L));
    }
}
