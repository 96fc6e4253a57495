/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.path;

import dev.defender.bench.Benchmark;
import dev.defender.bench.Figure;
import dev.defender.bench.Figure.Better;
import dev.defender.bench.Report;
import dev.defender.e2e.stack.BootClock;
import dev.defender.e2e.stack.Latencies;
import java.io.IOException;
import java.util.List;

/** How old an event is when the API has returned it, at 5,000 events per second, over every event of the run. */
public final class Latency implements Benchmark {
    private static final String NAME = "path.latency_ms.p99";
    private static final int RATE = 5_000;
    private static final long EVENTS = 30L * RATE;
    private static final int WARM_UP_SECONDS = 15;
    private static final double LIMIT_MILLIS = 1_000;

    @Override
    public List<String> figures() {
        return List.of(NAME);
    }

    @Override
    public void run(Report report) throws IOException, InterruptedException, Unavailable {
        try (WholePath path = WholePath.start(report);
                // From the start: behind the rows of the warm-up it would measure its own backlog.
                ReturnedRows rows = new ReturnedRows(path.api())) {
            path.injector().injectAtRate((long) WARM_UP_SECONDS * RATE, RATE);
            long lostBefore = path.awaitAll(rows).lost();
            rows.measureFrom(BootClock.nanos());
            double written = path.injector().injectAtRate(EVENTS, RATE);
            long lost = path.awaitAll(rows).lost() - lostBefore;
            Latencies latencies = rows.latencies();
            report.note(
                    "%d events sent at %.0f/s, %d measured, the machine's own among them; p50 %.0f ms, p99 %.0f ms, p99.9 %.0f ms; %d lost, %d out of order"
                            .formatted(
                                    EVENTS,
                                    written,
                                    latencies.count(),
                                    latencies.millis(50),
                                    latencies.millis(99),
                                    latencies.millis(99.9),
                                    lost,
                                    rows.outOfOrder()));
            if (lost > 0 || rows.outOfOrder() > 0 || latencies.count() < EVENTS) {
                throw new IOException("not every event was returned: of " + EVENTS + " sent, " + latencies.count()
                        + " were measured, " + lost + " lost, " + rows.outOfOrder() + " out of order "
                        + rows.firstOutOfOrder());
            }
            report.figure(Figure.againstLimit(
                    NAME, latencies.millis(99), LIMIT_MILLIS, Better.LOWER, latencies.count(), 1, "ms"));
            path.reportPeaks(report);
        }
    }
}
