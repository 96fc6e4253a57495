/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cgroup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Follows the memory of a group that cannot be reclaimed, ten times a second, and keeps its peak. */
public final class PeakSampler implements AutoCloseable {
    /** Issue and reference sample at this interval; a shorter peak can be missed. */
    private static final long INTERVAL_MILLIS = 100;

    private final Cgroup group;
    private final AtomicLong peak = new AtomicLong();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("peak-sampler").factory());

    public PeakSampler(Cgroup group) {
        this.group = group;
        timer.scheduleAtFixedRate(this::sample, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sample() {
        try {
            peak.accumulateAndGet(group.usage().unreclaimableBytes(), Math::max);
        } catch (IOException e) {
            throw new UncheckedIOException("the group went away while its memory was sampled", e);
        }
    }

    /** Highest value seen, bytes. */
    public long peakBytes() {
        return peak.get();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
