/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import bpf4j.BpfException;
import dev.defender.link.ProducerIdentity;
import dev.defender.sensor.bundle.NodeContainers;
import dev.defender.sensor.capture.ArgumentMask;
import dev.defender.sensor.capture.RecordingOptions;
import dev.defender.sensor.capture.RecordingSource;
import dev.defender.sensor.decode.EventDecoder;
import dev.defender.sensor.enrich.Redactor;
import dev.defender.sensor.health.HealthFacts;
import dev.defender.sensor.probe.Capability;
import dev.defender.sensor.probe.CapabilityMatrix;
import dev.defender.sensor.ring.BootClock;
import dev.defender.sensor.ring.HostFacts;
import dev.defender.sensor.ring.LedgerPins;
import dev.defender.sensor.ring.LiveSource;
import dev.defender.sensor.ring.LoadOptions;
import dev.defender.sensor.ring.RecordSource;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Observes this host until the process is told to stop. */
final class LiveSensor {
    private static final Logger log = LoggerFactory.getLogger(LiveSensor.class);

    private LiveSensor() {}

    static void run(Options options, Rules rules) throws StartException, InterruptedException {
        String bootId = bootId();
        String node = nodeName(options);
        try (StopSignal signal = new StopSignal(options.finishSeconds());
                StateDirectory state = StateDirectory.open(options.state(), bootId)) {
            long epoch = BootClock.nanos();
            LedgerPins pins = new LedgerPins(options.bpffs());
            boolean pinned = pins.available();
            if (!pinned) {
                log.warn(
                        "--bpffs={} does not lie on a bpf file system: what a kill costs will not be known",
                        options.bpffs());
            }
            Epochs epochs = Epochs.begin(pins, state, epoch);
            long cgroup = CgroupOption.key(options.recordCgroup());
            LoadOptions load = LoadOptions.of(epoch).withOnlyCgroup(cgroup);
            LiveSource live = open(pinned ? load.withPins(pins) : load, node, PodContext.containers(options));
            try (RecordSource source = recorded(options, live, epoch, cgroup)) {
                ProducerIdentity identity = new ProducerIdentity("sensor", bootId, epoch, Sensor.VERSION);
                observe(options, rules, live, source, identity, epochs, signal);
            }
        } catch (IOException e) {
            throw new StartException("cannot close the state directory: " + StartException.reason(e));
        }
    }

    private static void observe(
            Options options,
            Rules rules,
            LiveSource live,
            RecordSource source,
            ProducerIdentity identity,
            Epochs epochs,
            StopSignal signal)
            throws InterruptedException {
        List<Capability> hooks = CapabilityMatrix.of(live.hooks());
        List<Capability> matrix = new ArrayList<>(hooks);
        matrix.add(PodContext.capability(options));
        RunningSensor sensor = new RunningSensor(
                new EventDecoder(source),
                identity,
                options.socket(),
                rules.engine(),
                healthFacts(source.facts(), matrix, rules),
                EpochSuccession.of(epochs),
                () -> System.out.println("sensor: ready, the publisher at " + options.socket() + " acknowledges"));
        sensor.start();
        long active = hooks.stream().filter(Capability::active).count();
        // In one piece: whoever reads both streams as one must not find a warning within the line.
        System.out.println("sensor: attached, %d of %d kinds of events, %d processes, %d rules"
                .formatted(active, hooks.size(), sensor.processes(), rules.size()));
        signal.install(sensor::stop);
        sensor.run();
        live.detach();
        if (sensor.finish(TimeUnit.SECONDS.toMillis(options.finishSeconds()))) {
            epochs.runningClosed();
        } else {
            log.warn("stopped before the publisher held everything; the next start says what that cost");
        }
    }

    /** The live source, recorded if that is asked for. */
    private static RecordSource recorded(Options options, LiveSource live, long epoch, long cgroup)
            throws StartException {
        Path file = options.record();
        if (file == null) {
            return live;
        }
        Redactor secrets = new Redactor();
        ArgumentMask mask = options.recordMask() ? ArgumentMask.ALL : secrets::maskInPlace;
        try {
            return RecordingSource.start(
                    live, file, new RecordingOptions("sensor", epoch, cgroup, mask, options.recordMask()));
        } catch (IOException e) {
            live.close();
            throw new StartException("cannot record to --record=" + file + ": " + StartException.reason(e));
        }
    }

    static HealthFacts healthFacts(HostFacts host, List<Capability> matrix, Rules rules) {
        return new HealthFacts(
                Sensor.VERSION, host.kernelRelease(), host.architecture(), matrix, rules.hash(), rules.size());
    }

    private static LiveSource open(LoadOptions load, String node, NodeContainers containers) throws StartException {
        try {
            return LiveSource.open(load, node, containers);
        } catch (BpfException e) {
            throw new StartException("the kernel refused the sensor's programs: " + e.getMessage());
        }
    }

    private static String bootId() throws StartException {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            throw new StartException("cannot read the boot id: " + StartException.reason(e));
        }
    }

    private static String nodeName(Options options) throws StartException {
        try {
            return options.node().isEmpty() ? InetAddress.getLocalHost().getHostName() : options.node();
        } catch (IOException e) {
            throw new StartException("this host has no name; give one with --node=NAME");
        }
    }
}
