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
 * of up to four rounds: the sensor sees the whole machine, and a process that somebody else starts meanwhile may need new
 * room in its table.
 */
public final class AllocationPerEvent implements Benchmark {
    private static final String NAME = "sensor.alloc_bytes_per_event";
    private static final long EVENTS = 1_000_000;
    private static final int RATE = 50_000;
    private static final int MOST_ROUNDS = 4;
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
            report.figure(
                    Figure.againstLimit(NAME, (double) least / EVENTS, 0, Better.LOWER, EVENTS, rounds, "B/event"));
        }
    }

    private static long round(SensorUnderTest sensor, ThreadAllocation threads, Report report)
            throws IOException, InterruptedException {
        long detections = sensor.sink().arrivals().detections();
        long events = sensor.sink().arrivals().events();
        Map<String, Long> before = threads.read();
        sensor.injector().injectAtRate(EVENTS, RATE);
        sensor.settle();
        Map<String, Long> after = threads.read();
        long bytes = 0;
        for (Map.Entry<String, Long> thread : after.entrySet()) {
            long grown = thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
            bytes += grown;
            if (grown != 0) {
                report.note("thread " + thread.getKey() + " allocated " + grown + " bytes");
            }
        }
        report.note("%d bytes for %d events, %d of them the machine's own; detections meanwhile: %d"
                .formatted(
                        bytes,
                        sensor.sink().arrivals().events() - events,
                        sensor.sink().arrivals().events() - events - EVENTS,
                        sensor.sink().arrivals().detections() - detections));
        return bytes;
    }
}
