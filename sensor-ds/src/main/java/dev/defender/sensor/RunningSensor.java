/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import dev.defender.link.ProducerIdentity;
import dev.defender.link.PublisherLink;
import dev.defender.protocol.wire.Lanes;
import dev.defender.sensor.decode.EventSource;
import dev.defender.sensor.detect.Detector;
import dev.defender.sensor.health.HealthFacts;
import dev.defender.sensor.health.HealthReporter;
import dev.defender.sensor.health.HealthReporter.Condition;
import dev.defender.sensor.health.HealthReporter.Counter;
import dev.defender.sensor.ledger.Ledger;
import dev.defender.sensor.ledger.MapsMemory;
import dev.defender.sensor.link.SensorProducer;
import dev.defender.sensor.outbox.CutReporter;
import dev.defender.sensor.outbox.GapReporter;
import dev.defender.sensor.outbox.Outbox;
import dev.defender.sensor.outbox.Succession;
import dev.defender.sensor.state.BufferPool;
import dev.defender.sensor.state.ProcessTable;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A sensor from an event source to the publisher's socket: everything behind the source, put together. */
public final class RunningSensor {
    private static final int BULK_WINDOW_BYTES = 8 << 20;
    private static final int URGENT_WINDOW_BYTES = 2 << 20;
    private static final int MOST_PROCESSES = 32_768;
    private static final int USUAL_PROCESSES = 8_192;
    private static final long MOST_PROCESS_BYTES = 32L << 20;

    private final EventSource source;
    private final Pipeline pipeline;
    private final PublisherLink link;
    private final EventLoop loop;
    private final AtomicBoolean finished = new AtomicBoolean();

    /** @param onReady called on the event thread when a publisher welcomed this sensor for the first time */
    RunningSensor(
            EventSource source,
            ProducerIdentity identity,
            Path socket,
            Detector.Rules rules,
            HealthFacts facts,
            EpochSuccession epochs,
            Runnable onReady) {
        this.source = source;
        Outbox outbox = new Outbox(
                new Ledger(new MapsMemory(source.ledger()), identity.epoch()), BULK_WINDOW_BYTES, URGENT_WINDOW_BYTES);
        Succession succession = new Succession(outbox, identity, epochs.older(), epochs.unknown());
        this.link = SensorProducer.link(socket, identity, outbox, succession);
        ProcessTable table = new ProcessTable(MOST_PROCESSES, new BufferPool(MOST_PROCESS_BYTES));
        table.prepare(USUAL_PROCESSES);
        this.pipeline = new Pipeline(outbox, table, source.facts(), rules);
        EventLoop.Reporters reporters = new EventLoop.Reporters(
                new GapReporter(outbox, identity),
                new CutReporter(outbox, identity),
                new HealthReporter(outbox, facts.encode(), counters(outbox), conditions()),
                succession);
        this.loop = new EventLoop(
                source, pipeline, outbox, reporters, epochs.onClosed(), () -> link.welcomes() > 0, onReady);
    }

    /** Fills the process table and connects. */
    void start() {
        source.initialTable(pipeline);
        link.start();
    }

    /** Before {@link #run}: takes events only as fast as the publisher acknowledges, so that a full window costs none. */
    void paced() {
        loop.paced();
    }

    /** Processes found at the start, on the event thread. */
    int processes() {
        return pipeline.processes();
    }

    /** The event thread's work, until {@link #stop} or the end of a replay. */
    void run() {
        loop.run();
    }

    void stop() {
        loop.stop();
    }

    /**
     * After {@link #run}, with the hooks detached: sends what is left and waits for the publisher.
     *
     * @return whether the publisher holds everything, the end included
     */
    boolean finish(long millis) throws InterruptedException {
        if (!finished.compareAndSet(false, true)) {
            return false;
        }
        boolean reported = loop.drain();
        return link.finish(millis) && reported;
    }

    private List<Condition> conditions() {
        return List.of(new Condition(
                "PodContextMissing",
                "UnknownRuntime",
                () -> pipeline.containers().missing() > 0,
                () -> pipeline.containers().missing()
                        + " cgroups of containers have no image, pod or namespace: no bundle of containerd or CRI-O with"
                        + " the annotations of a pod was found; mount the host's /run into the sensor (--host-run), and"
                        + " with MicroK8s /var/snap (--host-snap)"));
    }

    private List<Counter> counters(Outbox outbox) {
        return List.of(
                new Counter("sensor_events_total", false, pipeline::events),
                new Counter("sensor_findings_total", false, pipeline::findings),
                new Counter("sensor_redacted_total", false, pipeline::redacted),
                new Counter("sensor_repaired_total", false, pipeline::repaired),
                new Counter("sensor_undecodable_total", true, pipeline::undecodable),
                new Counter("sensor_processes", false, pipeline::processes),
                new Counter("sensor_processes_evicted_total", true, pipeline::evicted),
                new Counter("sensor_processes_unknown_total", false, pipeline::unknownProcesses),
                new Counter(
                        "sensor_containers_total",
                        false,
                        () -> pipeline.containers().learned()),
                new Counter(
                        "sensor_containers_unexplained_total",
                        false,
                        () -> pipeline.containers().unexplained()),
                new Counter(
                        "sensor_containers_missing",
                        true,
                        () -> pipeline.containers().missing()),
                new Counter("sensor_welcomes_total", true, link::welcomes),
                new Counter("sensor_refusals_total", true, link::refusals),
                new Counter(
                        "sensor_window_bulk_bytes",
                        false,
                        () -> outbox.lane(Lanes.BULK).used()));
    }
}
