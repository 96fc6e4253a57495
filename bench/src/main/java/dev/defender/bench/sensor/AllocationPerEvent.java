/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.sensor;

import dev.defender.bench.Benchmark;
import dev.defender.bench.Figure;
import dev.defender.bench.Figure.Better;
import dev.defender.bench.Report;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Bytes that all threads of the running sensor allocate per event, over a million events that raise no alert. The lowest
 * of up to six rounds: the sensor sees the whole machine, and a process that somebody else starts meanwhile may need new
 * room in its table. A round in which an event was lost or anything raised an alert does not count, and without one that
 * counts there is no figure.
 */
public final class AllocationPerEvent implements Benchmark {
    private static final String NAME = "sensor.alloc_bytes_per_event";
    private static final long EVENTS = 1_000_000;
    private static final int RATE = 60_000;
    private static final int MOST_ROUNDS = 6;
    private static final long WARM_UP_EVENTS = 400_000;

    @Override
    public List<String> figures() {
        return List.of(NAME);
    }

    @Override
    public void run(Report report) throws IOException, InterruptedException, Unavailable {
        try (SensorUnderTest sensor = SensorUnderTest.start()) {
            ThreadAllocation threads = new ThreadAllocation(sensor.pid());
            sensor.injector().injectAtRate(WARM_UP_EVENTS, RATE);
            sensor.settle();
            threads.read();
            long least = Long.MAX_VALUE;
            int rounds = 0;
            while (least > 0 && rounds < MOST_ROUNDS) {
                rounds++;
                least = Math.min(least, round(sensor, threads, report));
            }
            if (least == Long.MAX_VALUE) {
                throw new IOException("in each of " + rounds + " rounds an event was lost or raised an alert");
            }
            report.figure(
                    Figure.againstLimit(NAME, (double) least / EVENTS, 0, Better.LOWER, EVENTS, rounds, "B/event"));
        }
    }

    /** Bytes allocated; {@link Long#MAX_VALUE} if the round does not count. */
    private static long round(SensorUnderTest sensor, ThreadAllocation threads, Report report)
            throws IOException, InterruptedException {
        long detections = sensor.sink().arrivals().detections();
        long events = sensor.sink().arrivals().events();
        long lostBefore = sensor.settle().lost();
        Map<String, Long> before = threads.read();
        sensor.injector().injectAtRate(EVENTS, RATE);
        long lost = sensor.settle().lost() - lostBefore;
        Map<String, Long> after = threads.read();
        long bytes = 0;
        for (Map.Entry<String, Long> thread : after.entrySet()) {
            long grown = thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
            bytes += grown;
            if (grown != 0) {
                report.note("thread " + thread.getKey() + " allocated " + grown + " bytes");
            }
        }
        long arrived = sensor.sink().arrivals().events() - events;
        long alerts = sensor.sink().arrivals().detections() - detections;
        report.note("%d bytes for %d events, %d of them the machine's own; lost %d, detections %d"
                .formatted(bytes, arrived, arrived - EVENTS, lost, alerts));
        return lost == 0 && alerts == 0 && arrived >= EVENTS ? bytes : Long.MAX_VALUE;
    }
}
