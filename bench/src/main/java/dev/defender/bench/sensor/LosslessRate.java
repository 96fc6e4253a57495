/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.sensor;

import dev.defender.bench.Benchmark;
import dev.defender.bench.Figure;
import dev.defender.bench.Figure.Better;
import dev.defender.bench.Report;
import dev.defender.e2e.cgroup.Limits;
import java.io.IOException;
import java.util.List;

/**
 * The highest offered rate at which every event of at least two million went from the ring to an acknowledged frame.
 * Rates are tried upwards until one loses; then far past it, where the ledger has to say exactly what was lost.
 */
public final class LosslessRate implements Benchmark {
    private static final String RATE = "sensor.lossless_events_per_s";
    private static final int BOUND = 100_000;
    private static final int[] RATES = {BOUND, 125_000, 160_000, 200_000, 250_000};
    private static final long EVENTS = 2_000_000;
    private static final int WARM_UP_RATE = 40_000;
    private static final long WARM_UP_EVENTS = 400_000;
    private static final int OVERLOAD_EVENTS = 2_000_000;
    private static final int LEAST_MEAN_BYTES = 250;

    @Override
    public List<String> figures() {
        return List.of(RATE, "sensor.peak_mib");
    }

    @Override
    public void run(Report report) throws IOException, InterruptedException, Unavailable {
        try (SensorUnderTest sensor = SensorUnderTest.start()) {
            sensor.injector().injectAtRate(WARM_UP_EVENTS, WARM_UP_RATE);
            CutTotals before = sensor.settle();
            report.note("warmed up: " + before.lost() + " lost of " + before.captured());
            int best = 0;
            int rounds = 0;
            for (int rate : RATES) {
                rounds++;
                long lostBefore = before.lost();
                sensor.injector().injectAtRate(EVENTS, rate);
                before = sensor.settle();
                report.note(rate + "/s: " + (before.lost() - lostBefore) + " lost of " + EVENTS);
                if (before.lost() > lostBefore) {
                    break;
                }
                best = rate;
            }
            long meanBytes = sensor.sink().arrivals().meanEventBytes();
            report.note("mean event " + meanBytes + " bytes as sent; detections "
                    + sensor.sink().arrivals().detections());
            if (meanBytes < LEAST_MEAN_BYTES) {
                throw new IOException("events of " + meanBytes + " bytes are too small to count, " + LEAST_MEAN_BYTES
                        + " is the least");
            }
            report.figure(Figure.againstLimit(RATE, best, BOUND, Better.HIGHER, EVENTS, rounds, "events/s"));
            overload(sensor, report);
            report.peak(
                    "sensor",
                    sensor.peak().peakBytes(),
                    Limits.SENSOR.memoryBytes(),
                    sensor.group().usage());
        }
    }

    private static void overload(SensorUnderTest sensor, Report report) throws IOException, InterruptedException {
        sensor.injector().inject(OVERLOAD_EVENTS);
        CutTotals last = sensor.stop();
        long delivered =
                sensor.sink().arrivals().events() + sensor.sink().arrivals().detections();
        report.note("overload: captured " + last.captured() + " = delivered " + delivered + " + filtered "
                + last.filtered() + " + lost " + last.lost());
        if (last.owed() != delivered || last.lost() < sensor.injector().ringFull()) {
            throw new IOException("past its rate the ledger is wrong: " + last + ", delivered " + delivered);
        }
    }
}
