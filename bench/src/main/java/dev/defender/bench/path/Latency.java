/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.path;

import dev.defender.bench.Benchmark;
import dev.defender.bench.Figure;
import dev.defender.bench.Figure.Better;
import dev.defender.bench.Report;
import dev.defender.e2e.stack.BootClock;
import dev.defender.e2e.stack.EventFollower;
import dev.defender.e2e.stack.Latencies;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How old an event is when the API returns it, at 5,000 events per second, over every event of the run. */
public final class Latency implements Benchmark {
    private static final String NAME = "path.latency_ms.p99";
    private static final int RATE = 5_000;
    private static final int SECONDS = 30;
    private static final int WARM_UP_SECONDS = 15;
    private static final int MEASURE_AFTER_SECONDS = 30;
    private static final double LIMIT_MILLIS = 1_000;

    @Override
    public List<String> figures() {
        return List.of(NAME);
    }

    @Override
    public void run(Report report) throws IOException, InterruptedException, Unavailable {
        try (WholePath path = WholePath.start()) {
            long from = BootClock.nanos() + TimeUnit.SECONDS.toNanos(MEASURE_AFTER_SECONDS);
            // It follows from the start: behind the rows of the warm-up it would measure its own backlog.
            try (EventFollower follower = new EventFollower(path.api(), BootClock::nanos, from)) {
                path.injector().injectAtRate((long) WARM_UP_SECONDS * RATE, RATE);
                path.awaitAll();
                TimeUnit.NANOSECONDS.sleep(Math.max(0, from - BootClock.nanos()));
                path.injector().injectAtRate((long) SECONDS * RATE, RATE);
                long lost = path.awaitAll().lost();
                follower.finish();
                Latencies latencies = follower.latencies();
                report.note("p50 %.0f ms, p99 %.0f ms, p99.9 %.0f ms over %d events, %d lost"
                        .formatted(
                                latencies.millis(50),
                                latencies.millis(99),
                                latencies.millis(99.9),
                                latencies.count(),
                                lost));
                report.figure(Figure.againstLimit(
                        NAME, latencies.millis(99), LIMIT_MILLIS, Better.LOWER, latencies.count(), 1, "ms"));
            }
        }
    }
}
