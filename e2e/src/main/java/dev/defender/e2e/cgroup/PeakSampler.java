/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cgroup;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Follows the memory of a group that cannot be reclaimed, ten times a second, and keeps its peak. A sample that cannot be
 * taken is counted and does not end the sampling: a peak with {@linkplain #missed missed samples} may be too low.
 */
public final class PeakSampler implements AutoCloseable {
    /** Issue and reference sample at this interval; a shorter peak can be missed. */
    private static final long INTERVAL_MILLIS = 100;

    private final Cgroup group;
    private final AtomicLong peak = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();
    private volatile String reason = "";
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("peak-sampler").factory());

    public PeakSampler(Cgroup group) {
        this.group = group;
        timer.scheduleAtFixedRate(this::sample, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sample() {
        try {
            peak.accumulateAndGet(group.usage().unreclaimableBytes(), Math::max);
            taken.incrementAndGet();
        } catch (IOException | NumberFormatException e) {
            // Thrown on, it would silently cancel the timer.
            reason = String.valueOf(e.getMessage());
            missed.incrementAndGet();
        }
    }

    /** Highest value seen, bytes. */
    public long peakBytes() {
        return peak.get();
    }

    /** Samples taken so far. */
    public long taken() {
        return taken.get();
    }

    /** Samples that could not be taken. */
    public long missed() {
        return missed.get();
    }

    /** What went wrong with the last missed sample; empty if none was missed. */
    public String reason() {
        return reason;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
