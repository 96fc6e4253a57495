/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.publisher;

import dev.defender.bench.Benchmark;
import dev.defender.bench.EventSize;
import dev.defender.bench.Figure;
import dev.defender.bench.Figure.Better;
import dev.defender.bench.Report;
import dev.defender.e2e.cgroup.Cgroup;
import dev.defender.e2e.cgroup.CgroupTree;
import dev.defender.e2e.cgroup.CgroupTree.CgroupsUnavailable;
import dev.defender.e2e.cgroup.Limits;
import dev.defender.e2e.cgroup.PeakSampler;
import dev.defender.e2e.cgroup.Usage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * The publisher in its hard 60m and 200Mi, unprivileged, on this machine's disk: from a cold start to its first 202,
 * enrolment included, then the highest rate at which neither a backlog grows nor anything is lost, and the memory that
 * took. Rates are raised step by step; a step holds if the sink gets what the producer offers while it offers it.
 */
public final class PublisherBench implements Benchmark {
    private static final String EVENTS_PER_SECOND = "publisher.events_per_s";
    private static final String FIRST_ACK = "publisher.first_ack_s";
    private static final String PEAK = "publisher.peak_mib";

    private static final double FLOOR_EVENTS_PER_SECOND = 10_000;
    private static final double CEILING_FIRST_ACK_SECONDS = 20;
    private static final long[] RATES = {10_000, 15_000, 20_000, 25_000, 30_000, 35_000, 40_000, 50_000, 60_000};
    private static final long WARM_MILLIS = 5_000;
    private static final long STEP_MILLIS = 8_000;

    /**
     * What is on its way however well it goes: the publisher waits up to 200 ms for a batch to fill while the batch before it is
     * sent and acknowledged, which may take as long, and either can meet a throttled period of up to 94 ms.
     */
    private static final double IN_FLIGHT_SECONDS = 0.5;

    /**
     * By how much that may differ between the middle of a step and its end before it counts as a growing backlog: a batch that
     * was just sent or just not makes as much as it waits to fill.
     */
    private static final double GROWTH_SECONDS = 0.2;

    @Override
    public List<String> figures() {
        return List.of(FIRST_ACK, EVENTS_PER_SECOND, PEAK);
    }

    @Override
    public void run(Report report) throws IOException, InterruptedException, Unavailable {
        CgroupTree tree;
        try {
            tree = CgroupTree.detect(CgroupTree.DEFAULT_ROOT);
        } catch (CgroupsUnavailable e) {
            throw new Unavailable(String.valueOf(e.getMessage()));
        }
        try (Cgroup group = tree.create(
                        "defender-bench-publisher-" + ProcessHandle.current().pid(), Limits.PUBLISHER);
                PeakSampler peak = new PeakSampler(group);
                ConfinedPublisher publisher = new ConfinedPublisher(group)) {
            measure(report, group, peak, publisher);
        }
    }

    private void measure(Report report, Cgroup group, PeakSampler peak, ConfinedPublisher publisher)
            throws IOException, InterruptedException {
        report.note("spool on " + publisher.disk());
        double firstAck = publisher.awaitFirstAck();
        report.note(String.format(
                Locale.ROOT, "CPU time to the first ack: %.2f s", group.usage().cpuNanos() / 1e9));
        report.figure(Figure.againstLimit(FIRST_ACK, firstAck, CEILING_FIRST_ACK_SECONDS, Better.LOWER, 1, 1, "s"));
        List<byte[]> bodies = publisher.recordedEvents(20_000);
        EventSize.check(bodies, report);
        double best = 0;
        long sent;
        try (LoadProducer producer = publisher.connect(bodies)) {
            producer.offer(RATES[0] / 2, WARM_MILLIS);
            producer.offer(RATES[0], WARM_MILLIS);
            for (long rate : RATES) {
                double reached = step(report, group, publisher.sink(), producer, rate);
                best = Math.max(best, reached);
                if (reached < rate * 0.99) {
                    break;
                }
                producer.settle(2_000);
            }
            producer.settle(20_000);
            sent = producer.acked();
            publisher.awaitReceived(sent);
        }
        report.note(String.format(
                Locale.ROOT,
                "%d batches, %.0f bytes per event on the wire, %d holes",
                publisher.sink().batches(),
                (double) publisher.sink().wireBytes()
                        / Math.max(1, publisher.sink().received()),
                publisher.sink().holes()));
        boolean lossless =
                publisher.sink().received() >= sent && publisher.sink().holes() == 0;
        report.figure(Figure.againstLimit(
                EVENTS_PER_SECOND, lossless ? best : 0, FLOOR_EVENTS_PER_SECOND, Better.HIGHER, sent, 1, "events/s"));
        report.peak("publisher", peak, group);
    }

    /**
     * Offers one rate; returns the rate at which the publisher took events, or 0 if at the end more than
     * {@link #IN_FLIGHT_SECONDS} of them had not arrived, or {@link #GROWTH_SECONDS} more than halfway.
     */
    private static double step(Report report, Cgroup group, Sink sink, LoadProducer producer, long rate)
            throws IOException {
        long sentBefore = producer.sent();
        Usage before = group.usage();
        long start = System.nanoTime();
        producer.offer(rate, STEP_MILLIS / 2);
        double halfway = (double) (producer.sent() - sink.received()) / rate;
        producer.offer(rate, STEP_MILLIS / 2);
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpu = (group.usage().cpuNanos() - before.cpuNanos()) / 1e9;
        long offered = producer.sent() - sentBefore;
        double inFlight = (double) (producer.sent() - sink.received()) / rate;
        report.note(String.format(
                Locale.ROOT,
                "%d/s offered: %.0f/s taken, %.2f s in flight halfway, %.2f s at the end, %.1fm CPU",
                rate,
                offered / seconds,
                halfway,
                inFlight,
                1000 * cpu / seconds));
        boolean steady = inFlight <= IN_FLIGHT_SECONDS && inFlight <= halfway + GROWTH_SECONDS;
        return steady ? Math.min(rate, offered / seconds) : 0;
    }
}
