/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.path;

import dev.defender.bench.Benchmark;
import dev.defender.bench.Figure;
import dev.defender.bench.Figure.Better;
import dev.defender.bench.Report;
import dev.defender.e2e.stack.BootClock;
import java.io.IOException;
import java.util.List;

/**
 * Events per second through the whole path without a loss: events of a run by the time from the first injection until the
 * API has returned the row of the last. Offered rates are tried upwards; the best run without loss counts.
 */
public final class SustainedRate implements Benchmark {
    private static final String NAME = "path.sustained_events_per_s";
    private static final int BOUND = 10_000;
    private static final int[] RATES = {12_000, 16_000, 20_000};
    private static final int SECONDS = 25;
    private static final int WARM_UP_RATE = 4_000;

    /** The peaks that it adds to are not listed: {@code ONLY=publisher} shall not run the whole path. */
    @Override
    public List<String> figures() {
        return List.of(NAME);
    }

    @Override
    public void run(Report report) throws IOException, InterruptedException, Unavailable {
        try (WholePath path = WholePath.start(report);
                ReturnedRows rows = new ReturnedRows(path.api())) {
            path.injector().injectAtRate(5L * WARM_UP_RATE, WARM_UP_RATE);
            long lost = path.awaitAll(rows).lost();
            double best = 0;
            long events = 0;
            int rounds = 0;
            for (int rate : RATES) {
                rounds++;
                events = (long) rate * SECONDS;
                rows.watchUntil(Long.MAX_VALUE);
                long countBefore = rows.count();
                long start = System.nanoTime();
                double written = path.injector().injectAtRate(events, rate);
                rows.watchUntil(BootClock.nanos());
                long lostNow = path.awaitAll(rows).lost();
                double perSecond = events / ((rows.lastWatchedNanos() - start) / 1e9);
                report.note(
                        "%d/s asked for, %.0f/s written: %.0f/s through, %d rows returned for %d events, %d lost, %d out of order"
                                .formatted(
                                        rate,
                                        written,
                                        perSecond,
                                        rows.count() - countBefore,
                                        events,
                                        lostNow - lost,
                                        rows.outOfOrder()));
                if (lostNow > lost || rows.outOfOrder() > 0 || perSecond < best) {
                    break;
                }
                best = perSecond;
            }
            report.figure(Figure.againstLimit(NAME, best, BOUND, Better.HIGHER, events, rounds, "events/s"));
            path.reportPeaks(report);
        }
    }
}
