/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import bpf4j.BpfException;
import dev.defender.sensor.decode.EventDecoder;
import dev.defender.sensor.health.HealthFacts;
import dev.defender.sensor.outbox.ProducerIdentity;
import dev.defender.sensor.ring.BootClock;
import dev.defender.sensor.ring.LedgerPins;
import dev.defender.sensor.ring.LiveSource;
import dev.defender.sensor.ring.LoadOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node sensor. Exit status: 0 ended in order, 1 failure, 2 usage, 3 this host cannot be observed. */
public final class Sensor {
    static final String VERSION = "0.1.0";
    private static final Logger log = LoggerFactory.getLogger(Sensor.class);
    private static final long FINISH_MS = 5_000;
    private static final int CANNOT_OBSERVE = 3;

    private Sensor() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    private static int run(String[] args) {
        try {
            Options options = Options.parse(args);
            if (options.help()) {
                System.out.print(Options.HELP);
                return 0;
            }
            observe(options);
            return 0;
        } catch (Options.UsageException e) {
            System.err.println("sensor: " + e.getMessage());
            return 2;
        } catch (BpfException e) {
            System.err.println("sensor: cannot observe this host: " + e.getMessage());
            return CANNOT_OBSERVE;
        } catch (StartException e) {
            System.err.println("sensor: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static void observe(Options options) throws StartException, InterruptedException {
        Rules rules = Rules.load(options.rules());
        long epoch = BootClock.nanos();
        String bootId = bootId();
        try (StateDirectory state = StateDirectory.open(options.state(), bootId)) {
            LedgerPins pins = new LedgerPins(options.bpffs());
            boolean pinned = pins.available();
            if (!pinned) {
                log.warn(
                        "--bpffs={} is not on a bpf file system: what a kill costs will not be known", options.bpffs());
            }
            Epochs epochs = Epochs.begin(pins, state, epoch);
            LoadOptions load = LoadOptions.of(epoch);
            LiveSource source = LiveSource.open(pinned ? load.withPins(pins) : load, nodeName(options));
            RunningSensor sensor = new RunningSensor(
                    new EventDecoder(source),
                    new ProducerIdentity("sensor", bootId, epoch, VERSION),
                    options.socket(),
                    rules.engine(),
                    new HealthFacts(
                            VERSION,
                            source.facts().kernelRelease(),
                            source.facts().architecture(),
                            source.hooks(),
                            rules.hash(),
                            rules.size()),
                    epochs,
                    () -> System.out.println("sensor: ready, the publisher at " + options.socket() + " acknowledges"));
            sensor.start();
            long active = source.hooks().stream().filter(hook -> hook.active()).count();
            System.out.printf(
                    "sensor: attached %d of %d hooks, %d processes, %d rules%n",
                    active, source.hooks().size(), sensor.processes(), rules.size());
            CountDownLatch ended = stopOnSignal(sensor);
            sensor.run();
            source.detach();
            if (sensor.finish(FINISH_MS)) {
                epochs.runningClosed();
            } else {
                log.warn("stopped before the publisher held everything; the next start says what that cost");
            }
            source.close();
            ended.countDown();
        } catch (IOException e) {
            throw new StartException("cannot close the state directory: " + StartException.reason(e));
        }
    }

    /** SIGTERM and SIGINT end in order, with status 0. */
    private static CountDownLatch stopOnSignal(RunningSensor sensor) {
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            sensor.stop();
            try {
                if (ended.await(2 * FINISH_MS, TimeUnit.MILLISECONDS)) {
                    Runtime.getRuntime().halt(0);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        return ended;
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
