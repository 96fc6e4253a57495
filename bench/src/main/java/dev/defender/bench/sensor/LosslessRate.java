/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.sensor;

import dev.defender.bench.Benchmark;
import dev.defender.bench.EventSize;
import dev.defender.bench.Figure;
import dev.defender.bench.Figure.Better;
import dev.defender.bench.Report;
import java.io.IOException;
import java.util.List;

/**
 * The highest rate, as really written and not as asked for, at which every event of at least two million went from the ring to
 * an acknowledged frame. Rates are tried upwards until one loses twice (on a machine that does other work the sensor may not
 * get the CPU time that its limit allows); then as fast as the ring can be written, where the ledger has to say exactly what
 * was lost.
 */
public final class LosslessRate implements Benchmark {
    private static final String RATE = "sensor.lossless_events_per_s";
    private static final int BOUND = 100_000;
    /** The first is a little above the bound: what is really written stays a little below what is asked for. */
    private static final int[] RATES = {101_000, 125_000, 160_000, 200_000, 250_000};

    private static final int TRIES = 2;
    private static final long EVENTS = 2_000_000;
    private static final int WARM_UP_RATE = 40_000;
    private static final long WARM_UP_EVENTS = 400_000;
    private static final int OVERLOAD_EVENTS = 2_000_000;
    private static final double REACHED = 0.99;

    @Override
    public List<String> figures() {
        return List.of(RATE, "sensor.peak_mib");
    }

    @Override
    public void run(Report report) throws IOException, InterruptedException, Unavailable {
        try (SensorUnderTest sensor = SensorUnderTest.start()) {
            RulesInForce.check(sensor.sink().arrivals().healths(), report);
            sensor.injector().injectAtRate(WARM_UP_EVENTS, WARM_UP_RATE);
            CutTotals warm = sensor.settle();
            report.note("warmed up: " + warm.lost() + " lost of " + warm.captured());
            double best = 0;
            int rounds = 0;
            boolean higher = true;
            for (int i = 0; i < RATES.length && higher; i++) {
                double reached = 0;
                for (int attempt = 0; attempt < TRIES && reached == 0; attempt++) {
                    rounds++;
                    reached = lossless(sensor, RATES[i], report);
                }
                best = Math.max(best, reached);
                higher = reached >= REACHED * RATES[i];
            }
            EventSize.check(sensor.sink().arrivals().meanEventBytes(), report);
            report.note("detections: " + sensor.sink().arrivals().detections());
            report.figure(Figure.againstLimit(RATE, best, BOUND, Better.HIGHER, EVENTS, rounds, "events/s"));
            overload(sensor, report);
            report.peak("sensor", sensor.peak(), sensor.group());
        }
    }

    /** Events per second as written; 0 if any was lost. */
    private static double lossless(SensorUnderTest sensor, int rate, Report report)
            throws IOException, InterruptedException {
        long arrivedBefore = sensor.sink().arrivals().events();
        long lostBefore = sensor.settle().lost();
        double reached = sensor.injector().injectAtRate(EVENTS, rate);
        long lost = sensor.settle().lost() - lostBefore;
        long arrived = sensor.sink().arrivals().events() - arrivedBefore;
        report.note(
                "%d/s asked for, %.0f/s written: %d lost of %d, %d arrived, the machine's own among them; lost so far %s"
                        .formatted(
                                rate,
                                reached,
                                lost,
                                EVENTS,
                                arrived,
                                GapTotals.of(sensor.sink().arrivals().gaps()).byReason()));
        if (lost == 0 && arrived < EVENTS) {
            throw new IOException(
                    "the ledger says that nothing was lost, yet of " + EVENTS + " events " + arrived + " have arrived");
        }
        return lost == 0 ? Math.min(rate, reached) : 0;
    }

    private static void overload(SensorUnderTest sensor, Report report) throws IOException, InterruptedException {
        long lostBefore = sensor.settle().lost();
        long start = System.nanoTime();
        sensor.injector().inject(OVERLOAD_EVENTS);
        double written = OVERLOAD_EVENTS / ((System.nanoTime() - start) / 1e9);
        CutTotals last = sensor.stop();
        long delivered =
                sensor.sink().arrivals().events() + sensor.sink().arrivals().detections();
        GapTotals gaps = GapTotals.of(sensor.sink().arrivals().gaps());
        report.note(
                "overload at %.0f/s: captured %d = delivered %d + filtered %d + lost %d; gap records name %d; ring full %d"
                        .formatted(
                                written,
                                last.captured(),
                                delivered,
                                last.filtered(),
                                last.lost(),
                                gaps.total(),
                                sensor.injector().ringFull()));
        if (last.lost() == lostBefore) {
            throw new IOException(
                    "the sensor was not overloaded: nothing was lost, so the ledger was not put to the test");
        }
        if (last.owed() != delivered
                || last.lost() != gaps.total()
                || last.lost() < sensor.injector().ringFull()) {
            throw new IOException("past its rate the ledger is wrong: " + last + ", delivered " + delivered
                    + ", in gaps " + gaps.byReason());
        }
    }
}
