/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.sink;

import dev.defender.e2e.process.Confinement;
import dev.defender.e2e.process.Program;
import dev.defender.e2e.process.Running;
import dev.defender.protocol.v1.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A recording as the real sensor encodes it. */
public final class Replay {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Replay() {}

    /**
     * Bodies of the events that a sensor sends when it replays the recording, at most 5,000, as if they came live: without the
     * note of where they were recorded.
     *
     * @param programs under which the built sensor is
     * @param directory for the replay's socket, state and log; may hold those of another
     */
    public static List<byte[]> of(Path recording, Path programs, Path directory)
            throws IOException, InterruptedException {
        Path socket = directory.resolve("replay.sock");
        try (AckingSink sink = AckingSink.listen(socket);
                Running sensor = Running.start(
                        Program.sensor(programs),
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        List.of(
                                "--socket=" + socket,
                                "--state=" + directory.resolve("replay-state"),
                                "--bpffs=" + directory.resolve("replay-bpf"),
                                "--node=bench",
                                "--replay=" + recording,
                                "--replay-speed=full"),
                        Confinement.none(null),
                        false,
                        directory.resolve("replay.log"))) {
            sensor.awaitExit(LIMIT);
            List<byte[]> bodies = new ArrayList<>();
            for (byte[] body : sink.arrivals().samples()) {
                bodies.add(
                        Event.parseFrom(body).toBuilder().clearOrigin().build().toByteArray());
            }
            if (bodies.isEmpty()) {
                throw new IOException("the replay of " + recording + " gave no event");
            }
            return bodies;
        }
    }
}
