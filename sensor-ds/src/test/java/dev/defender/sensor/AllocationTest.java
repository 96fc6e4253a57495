/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.defender.link.ProducerIdentity;
import dev.defender.link.PublisherLink;
import dev.defender.protocol.wire.Lanes;
import dev.defender.rules.Matching;
import dev.defender.rules.RuleMatcher;
import dev.defender.rules.RuleSet;
import dev.defender.rules.RuleSetReference;
import dev.defender.sensor.bundle.ContainerFacts;
import dev.defender.sensor.decode.EventDecoder;
import dev.defender.sensor.decode.EventType;
import dev.defender.sensor.ledger.Ledger;
import dev.defender.sensor.ledger.MapsMemory;
import dev.defender.sensor.link.FakePublisher;
import dev.defender.sensor.link.SensorProducer;
import dev.defender.sensor.outbox.CutReporter;
import dev.defender.sensor.outbox.GapReporter;
import dev.defender.sensor.outbox.Outbox;
import dev.defender.sensor.outbox.Succession;
import dev.defender.sensor.state.BufferPool;
import dev.defender.sensor.state.ProcessTable;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In steady use neither the event thread nor the link thread allocates: not for events, not for cuts, not for acks. */
class AllocationTest {
    private static final int ROUNDS = 1_000;

    @TempDir
    Path directory;

    private static final String CONTAINER = "0123456789abcdef".repeat(4);

    private final FixtureSource source = new FixtureSource()
            .cgroup(77, "/kubepods/" + CONTAINER)
            .container(
                    CONTAINER,
                    new ContainerFacts(
                            "containerd",
                            false,
                            "worker",
                            "shop/worker:1",
                            "",
                            "",
                            "worker-1",
                            "shop",
                            "11111111-2222-3333-4444-555555555555",
                            Map.of("app", "worker"),
                            true));
    private final RawRecords kernel = new RawRecords();
    private long clock = RawRecords.START;

    @Test
    void steadyUseAllocatesNothing() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        RuleMatcher matcher = new RuleMatcher(new RuleSetReference(RuleSet.builtIn(Matching.ALL)));
        ProducerIdentity identity = new ProducerIdentity("sensor", "boot", 5, "test");
        Outbox outbox = new Outbox(new Ledger(new MapsMemory(source.ledger()), 5), 8 << 20, 1 << 20);
        Pipeline pipeline =
                new Pipeline(outbox, new ProcessTable(4096, new BufferPool(16 << 20)), source, matcher::match);
        EventDecoder decoder = new EventDecoder(source);
        GapReporter gaps = new GapReporter(outbox, identity);
        CutReporter cuts = new CutReporter(outbox, identity);
        PublisherLink link = SensorProducer.link(
                directory.resolve("s"), identity, outbox, new Succession(outbox, identity, List.of(), List.of()));
        try (FakePublisher publisher = new FakePublisher(directory.resolve("s"))) {
            publisher.keepBodies(false);
            publisher.start();
            link.start();
            long linkThread = linkThread();
            long eventThread = Thread.currentThread().threadId();
            long onEvents = 0;
            long onLink = 0;
            for (int round = 0; round < 2 * ROUNDS; round++) {
                boolean warm = round >= ROUNDS;
                for (byte[] record : burst()) {
                    source.add(record);
                }
                long before = threads.getThreadAllocatedBytes(eventThread);
                long linkBefore = threads.getThreadAllocatedBytes(linkThread);
                decoder.poll(pipeline, 0);
                clock += 1_000_000_000L;
                pipeline.expire(clock);
                gaps.report(clock);
                cuts.report(clock);
                outbox.flush();
                long after = threads.getThreadAllocatedBytes(eventThread);
                while (outbox.lane(Lanes.BULK).used() > 0
                        || outbox.lane(Lanes.URGENT).used() > 0) {
                    Thread.yield();
                }
                if (warm) {
                    onEvents += after - before;
                    onLink += threads.getThreadAllocatedBytes(linkThread) - linkBefore;
                }
            }
            assertThat(pipeline.findings()).isZero();
            assertThat(onEvents).as("bytes allocated by the event thread").isZero();
            assertThat(onLink).as("bytes allocated by the link thread").isZero();
        } finally {
            link.abandon();
        }
    }

    private List<byte[]> burst() {
        int pid = 100_000 + (int) (clock / 1_000_000_000L) % 50_000;
        return List.of(
                kernel.fork(10, 1, pid),
                kernel.exec(pid, 10, "worker", "/usr/bin/worker", "worker", "--password=x", "--level", "3"),
                kernel.open(pid, 10, "/var/log/worker/a.log", 0x441, 4),
                kernel.open(pid, 10, "/tmp/worker.tmp", 0x241, 5),
                kernel.network(EventType.CONNECT, pid, 10, "10.0.0.1", 40000, "10.0.0.2", 8080),
                kernel.network(EventType.ACCEPT, pid, 10, "10.0.0.1", 8080, "10.0.0.2", 40000),
                kernel.network(EventType.LISTEN, pid, 10, "::", 8080, "::", 0),
                kernel.exit(pid, 10, 0, 0));
    }

    private static long linkThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("link"))
                .mapToLong(Thread::threadId)
                .findFirst()
                .orElseThrow();
    }
}
