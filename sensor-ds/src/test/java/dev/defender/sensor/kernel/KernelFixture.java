/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bpf4j.probe.Verdict;
import dev.defender.sensor.bundle.BundleDirectories;
import dev.defender.sensor.bundle.NodeContainers;
import dev.defender.sensor.decode.EventDecoder;
import dev.defender.sensor.decode.RawEvent;
import dev.defender.sensor.decode.RawEventHandler;
import dev.defender.sensor.decode.Undecodable;
import dev.defender.sensor.probe.HostProbe;
import dev.defender.sensor.ring.BootClock;
import dev.defender.sensor.ring.LedgerMaps;
import dev.defender.sensor.ring.LiveSource;
import dev.defender.sensor.ring.LoadOptions;
import dev.defender.sensor.ring.RecordSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The sensor's kernel side, looking at one cgroup only. */
final class KernelFixture implements AutoCloseable, RawEventHandler {
    private static final Verdict VERDICT = HostProbe.here().verdict();

    final TestCgroup cgroup;
    Path directory;
    private final LiveSource source;
    private final EventDecoder decoder;
    private final List<Seen> seen = new ArrayList<>();

    /** Puts something between the kernel and the decoder. */
    interface Wrapper {
        RecordSource wrap(RecordSource source, long cgroupKey) throws IOException;
    }

    private KernelFixture(TestCgroup cgroup, UnaryOperator<LoadOptions> options, Wrapper wrapper) throws IOException {
        this.cgroup = cgroup;
        this.directory = Files.createTempDirectory("defender-test");
        this.source = LiveSource.open(
                options.apply(LoadOptions.of(BootClock.nanos()).withOnlyCgroup(cgroup.key())),
                "test",
                new NodeContainers(BundleDirectories.ofThisHost()));
        this.decoder = new EventDecoder(wrapper.wrap(source, cgroup.key()));
    }

    /** Skips the test, with the reason, where this host cannot be observed. */
    static KernelFixture open() throws IOException {
        return open(options -> options);
    }

    static KernelFixture open(Wrapper wrapper) throws IOException {
        return new KernelFixture(cgroup(), options -> options, wrapper);
    }

    static KernelFixture open(UnaryOperator<LoadOptions> options) throws IOException {
        return new KernelFixture(cgroup(), options, (source, key) -> source);
    }

    private static TestCgroup cgroup() throws IOException {
        assumeTrue(VERDICT.canObserve(), VERDICT.sentence());
        var group = TestCgroup.v2();
        assumeTrue(group.isPresent(), "no cgroup2 hierarchy can be written here");
        return group.orElseThrow();
    }

    static KernelFixture openV1(String controller) throws IOException {
        assumeTrue(VERDICT.canObserve(), VERDICT.sentence());
        var group = TestCgroup.v1(controller);
        assumeTrue(group.isPresent(), "no v1 hierarchy of " + controller + " can be written here");
        return new KernelFixture(group.orElseThrow(), options -> options, (source, key) -> source);
    }

    /** Runs a command in the cgroup and returns the events that it caused, in order. */
    List<Seen> run(String... command) throws IOException, InterruptedException {
        cgroup.run(command);
        return drain();
    }

    /** What came since the last look. Everything is in the ring when the system call that caused it has returned. */
    List<Seen> drain() {
        seen.clear();
        decoder.poll(this, 0);
        return List.copyOf(seen);
    }

    /** For the next test of a class: nothing pending, an empty directory. */
    void reset() throws IOException {
        drain();
        removeDirectory();
        directory = Files.createTempDirectory("defender-test");
    }

    List<Seen> initialTable() {
        seen.clear();
        decoder.initialTable(this);
        return List.copyOf(seen);
    }

    LedgerMaps ledger() {
        return source.ledger();
    }

    LiveSource source() {
        return source;
    }

    static List<Seen> ofType(List<Seen> events, int type) {
        return events.stream().filter(event -> event.type() == type).toList();
    }

    static Seen only(List<Seen> events, int type) {
        List<Seen> found = ofType(events, type);
        if (found.size() != 1) {
            throw new AssertionError("expected one event of type " + type + ", found " + found + " in " + events);
        }
        return found.getFirst();
    }

    @Override
    public void onEvent(RawEvent event) {
        seen.add(Seen.of(event));
    }

    @Override
    public void onUndecodable(Undecodable reason, int type, int ledgerRow) {
        throw new AssertionError("undecodable record of type " + type + ": " + reason);
    }

    @Override
    public void close() throws IOException {
        decoder.close();
        cgroup.close();
        removeDirectory();
    }

    private void removeDirectory() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
