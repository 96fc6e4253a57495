/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.stack;

import java.util.Arrays;

/** Latencies of single events, kept whole so that a percentile is exact. One thread at a time. */
public final class Latencies {
    private long[] nanos = new long[1024];
    private int count;

    public void add(long latencyNanos) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = latencyNanos;
    }

    public int count() {
        return count;
    }

    /**
     * Nearest-rank percentile in ms.
     *
     * @param percentile in (0, 100]
     * @throws IllegalStateException if nothing was added
     */
    public double millis(double percentile) {
        if (count == 0) {
            throw new IllegalStateException("no event was measured");
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percentile / 100 * count);
        return sorted[Math.max(rank, 1) - 1] / 1e6;
    }
}
