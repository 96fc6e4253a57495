/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.sensor;

import dev.defender.bench.Benchmark.Unavailable;
import dev.defender.bench.inject.Injector;
import dev.defender.bench.inject.RecordedEvents;
import dev.defender.bench.sink.AckingSink;
import dev.defender.e2e.cgroup.Cgroup;
import dev.defender.e2e.cgroup.CgroupTree;
import dev.defender.e2e.cgroup.CgroupTree.CgroupsUnavailable;
import dev.defender.e2e.cgroup.Limits;
import dev.defender.e2e.cgroup.PeakSampler;
import dev.defender.e2e.process.Confinement;
import dev.defender.e2e.process.Program;
import dev.defender.e2e.process.Running;
import dev.defender.e2e.stack.BootClock;
import dev.defender.e2e.stack.Capabilities;
import dev.defender.e2e.stack.Tree;
import dev.defender.e2e.stack.Workspace;
import dev.defender.protocol.v1.DetectionFinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The real sensor with its capabilities, inside its limits, on this kernel; in place of the publisher a sink outside of
 * its group that acknowledges at once. It is fed the recording's events that raise no alert.
 */
final class SensorUnderTest implements AutoCloseable {
    private static final Set<String> CAPABILITIES = Set.of("sys_admin", "sys_resource", "sys_ptrace");
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration SETTLE = Duration.ofSeconds(15);
    private static final Duration TWO_CUTS = Duration.ofSeconds(2);

    private final Deque<AutoCloseable> closing = new ArrayDeque<>();
    private final AckingSink sink;
    private final Cgroup group;
    private final PeakSampler peak;
    private final Running sensor;
    private final Injector injector;

    private SensorUnderTest(Path directory, Path tree, CgroupTree cgroups) throws IOException, InterruptedException {
        closing.push(() -> Tree.delete(directory));
        try {
            Tree.copy(tree.resolve("sensor-ds/target/app"), directory.resolve("sensor-ds/target/app"));
            Files.createDirectory(directory.resolve("bpf"));
            Files.createDirectory(directory.resolve("state"));
            sink = push(AckingSink.listen(directory.resolve("socket")));
            group = push(cgroups.create(directory.getFileName().toString(), Limits.SENSOR));
            peak = push(new PeakSampler(group));
            sensor = push(Running.start(
                    Program.sensor(directory),
                    Path.of(System.getProperty("java.home"), "bin/java"),
                    List.of(
                            "--socket=" + directory.resolve("socket"),
                            "--bpffs=" + directory.resolve("bpf"),
                            "--state=" + directory.resolve("state"),
                            "--node=bench"),
                    new Confinement(
                            0,
                            List.of(),
                            Capabilities.current().bounding(CAPABILITIES),
                            group,
                            directory.resolve("bpf")),
                    false,
                    directory.resolve("sensor.log")));
            sensor.awaitLine("sensor: ready", START);
            RecordedEvents recorded = RecordedEvents.read(tree);
            recorded.introduce(sensor.pid());
            injector = push(Injector.into(sensor.pid(), silent(recorded.events())));
        } catch (IOException | InterruptedException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /**
     * Starts it; call from a thread that outlives it.
     *
     * @throws Unavailable if this user may not limit, or is not root
     */
    static SensorUnderTest start() throws IOException, InterruptedException, Unavailable {
        if (!Capabilities.current().root()) {
            throw new Unavailable("needs root: it runs the sensor on this kernel");
        }
        try {
            CgroupTree cgroups = CgroupTree.detect(CgroupTree.DEFAULT_ROOT);
            Path directory = Files.createTempDirectory("defender-bench-");
            Workspace.mark(directory);
            return new SensorUnderTest(directory, Path.of("").toAbsolutePath(), cgroups);
        } catch (CgroupsUnavailable e) {
            throw new Unavailable("limits cannot be set: " + e.getMessage());
        }
    }

    private <T extends AutoCloseable> T push(T resource) {
        closing.push(resource);
        return resource;
    }

    /** Those of {@code events} that trigger no detection when they come in this order. */
    private List<byte[]> silent(List<byte[]> events) throws IOException, InterruptedException {
        NavigableMap<Long, byte[]> bySentAt = new TreeMap<>();
        try (Injector all = Injector.into(sensor.pid(), events)) {
            for (byte[] event : events) {
                bySentAt.put(BootClock.nanos(), event);
                all.inject(1);
            }
            settle();
        }
        bySentAt.put(BootClock.nanos(), new byte[0]);
        for (byte[] body : sink.arrivals().findings()) {
            // The event that was sent last before the trigger's time is the trigger.
            Map.Entry<Long, byte[]> trigger =
                    bySentAt.floorEntry(DetectionFinding.parseFrom(body).getTimeBootNs());
            if (trigger != null) {
                bySentAt.remove(trigger.getKey());
            }
        }
        bySentAt.pollLastEntry();
        return List.copyOf(bySentAt.values());
    }

    Injector injector() {
        return injector;
    }

    AckingSink sink() {
        return sink;
    }

    Cgroup group() {
        return group;
    }

    PeakSampler peak() {
        return peak;
    }

    long pid() {
        return sensor.pid();
    }

    /**
     * Waits until the sensor's cuts and what arrived agree, so that nothing is in flight.
     *
     * @throws IOException if they never do
     */
    CutTotals settle() throws IOException, InterruptedException {
        int cutsBefore = sink.arrivals().cuts().size();
        long start = System.nanoTime();
        while (true) {
            List<byte[]> cuts = sink.arrivals().cuts();
            CutTotals totals = CutTotals.of(cuts);
            long delivered = sink.arrivals().events() + sink.arrivals().detections();
            long waited = System.nanoTime() - start;
            // A cut of before speaks of what was injected since only by chance; without change there is no new one.
            if (totals.owed() == delivered && (cuts.size() > cutsBefore || waited > TWO_CUTS.toNanos())) {
                return totals;
            }
            if (waited > SETTLE.toNanos()) {
                throw new IOException("the ledger does not close: " + totals + ", delivered " + delivered);
            }
            check();
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Stops the sensor in good order and waits for its last cut. */
    CutTotals stop() throws IOException, InterruptedException {
        int status = sensor.stop();
        sink.awaitEnd();
        CutTotals totals = CutTotals.of(sink.arrivals().cuts());
        if (status != 0 || !totals.closed()) {
            throw new IOException("the sensor stopped with status " + status + ", last cut final: " + totals.closed());
        }
        return totals;
    }

    private void check() throws IOException {
        IOException failure = sink.failure();
        if (failure != null) {
            throw failure;
        }
        if (!sensor.alive()) {
            throw new IOException("the sensor ended: " + String.join(" / ", sensor.lines()));
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        while (!closing.isEmpty()) {
            try {
                closing.pop().close();
            } catch (IOException | InterruptedException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
