/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import dev.defender.link.ProducerIdentity;
import dev.defender.sensor.capture.ReplaySource;
import dev.defender.sensor.decode.EventDecoder;
import dev.defender.sensor.probe.CapabilityMatrix;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a capture through everything behind the kernel, as a producer of its own. Opens nothing of this host but its clock. */
final class ReplaySensor {
    private static final Logger log = LoggerFactory.getLogger(ReplaySensor.class);
    private static final long FINISH_MS = 60_000;

    private ReplaySensor() {}

    /** The boot is the captured one, and this host's clock says nothing in it: the time of day grows over all replays. */
    private static long epoch() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    static void run(Options options, Path capture, Rules rules) throws StartException, InterruptedException {
        ReplaySource.Speed speed = options.recordedSpeed() ? ReplaySource.Speed.RECORDED : ReplaySource.Speed.FULL;
        try (StopSignal signal = new StopSignal(options.finishSeconds());
                ReplaySource source = ReplaySource.open(capture, speed)) {
            String damage = source.damage();
            if (damage != null) {
                log.warn("{}; what comes before that is replayed", damage);
            }
            ProducerIdentity identity =
                    new ProducerIdentity(source.producer(), source.facts().bootId(), epoch(), Sensor.VERSION);
            RunningSensor sensor = new RunningSensor(
                    new EventDecoder(source),
                    identity,
                    options.socket(),
                    rules.engine(),
                    LiveSensor.healthFacts(source.facts(), CapabilityMatrix.none("replayed"), rules),
                    EpochSuccession.none(),
                    () -> System.out.println("sensor: ready, the publisher at " + options.socket() + " acknowledges"));
            sensor.paced();
            sensor.start();
            // In one piece: whoever reads both streams as one must not find a warning within the line.
            System.out.println("sensor: attached, %d records of %s, %d processes, %d rules"
                    .formatted(source.records(), capture, sensor.processes(), rules.size()));
            signal.install(sensor::stop);
            sensor.run();
            boolean complete = sensor.finish(FINISH_MS);
            if (!complete) {
                throw new StartException("the publisher at " + options.socket()
                        + " does not hold all of the replay after " + FINISH_MS / 1000 + " s; see the warnings above");
            }
        } catch (IOException e) {
            throw new StartException(
                    e instanceof FileSystemException ? StartException.reason(e) : String.valueOf(e.getMessage()));
        }
    }
}
