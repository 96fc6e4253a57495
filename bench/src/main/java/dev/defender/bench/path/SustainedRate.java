/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.path;

import dev.defender.bench.Benchmark;
import dev.defender.bench.Figure;
import dev.defender.bench.Figure.Better;
import dev.defender.bench.Report;
import java.io.IOException;
import java.util.List;

/**
 * Events per second through the whole path without a loss: events of a run by the time from the first injection until the
 * API counts the last as delivered. Offered rates are tried upwards; the best run without loss counts.
 */
public final class SustainedRate implements Benchmark {
    private static final String NAME = "path.sustained_events_per_s";
    private static final int BOUND = 10_000;
    private static final int[] RATES = {12_000, 16_000, 20_000};
    private static final int SECONDS = 25;
    private static final int WARM_UP_RATE = 4_000;

    @Override
    public List<String> figures() {
        return List.of(NAME, "publisher.peak_mib");
    }

    @Override
    public void run(Report report) throws IOException, InterruptedException, Unavailable {
        try (WholePath path = WholePath.start()) {
            path.injector().injectAtRate(5L * WARM_UP_RATE, WARM_UP_RATE);
            long lost = path.awaitAll().lost();
            double best = 0;
            long events = 0;
            int rounds = 0;
            for (int rate : RATES) {
                rounds++;
                events = (long) rate * SECONDS;
                long start = System.nanoTime();
                path.injector().injectAtRate(events, rate);
                long lostNow = path.awaitAll().lost();
                double perSecond = events / ((System.nanoTime() - start) / 1e9);
                report.note("offered %d/s: %.0f/s through, %d lost".formatted(rate, perSecond, lostNow - lost));
                if (lostNow > lost || perSecond < best) {
                    break;
                }
                best = perSecond;
            }
            report.figure(Figure.againstLimit(NAME, best, BOUND, Better.HIGHER, events, rounds, "events/s"));
            path.reportPeaks(report);
        }
    }
}
