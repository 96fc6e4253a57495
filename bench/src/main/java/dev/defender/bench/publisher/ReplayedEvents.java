/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.publisher;

import com.google.protobuf.ByteString;
import dev.defender.bench.sink.AckingSink;
import dev.defender.e2e.process.Confinement;
import dev.defender.e2e.process.Program;
import dev.defender.e2e.process.Running;
import dev.defender.protocol.v1.Event;
import dev.defender.protocol.v1.Process;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * The repository's recording as the sensor encodes it: replayed once into a sink, then repeated with other times,
 * process ids, inodes and arguments, without so many of its smallest events that the mean has 250 bytes, so that a compressor does not find the same bytes again and again.
 */
final class ReplayedEvents {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long MIN_MEAN_BYTES = 250;
    private static final long SPACING_NANOS = 33_000;

    private ReplayedEvents() {}

    /**
     * Bodies of {@code count} events.
     *
     * @param tree root of the source tree, built
     * @param directory for the replay's socket, state and log
     */
    static List<byte[]> bodies(Path tree, Path directory, int count) throws IOException, InterruptedException {
        List<byte[]> recorded = largest(replay(tree, directory));
        Random random = new Random(7);
        List<byte[]> bodies = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Event.Builder event = Event.parseFrom(recorded.get(i % recorded.size())).toBuilder();
            event.clearOrigin();
            event.setTimeBootNs(1_000_000_000_000L + i * SPACING_NANOS + random.nextInt((int) SPACING_NANOS));
            if (event.hasProcess()) {
                vary(event.getProcessBuilder(), random, i);
            }
            bodies.add(event.build().toByteArray());
        }
        return bodies;
    }

    /** Leaves out the smallest until the mean is what a figure has to be taken with. */
    private static List<byte[]> largest(List<byte[]> recorded) throws IOException {
        List<byte[]> kept = new ArrayList<>(recorded);
        kept.sort(Comparator.comparingInt(body -> body.length));
        long bytes = kept.stream().mapToLong(body -> body.length).sum();
        while (!kept.isEmpty() && bytes < MIN_MEAN_BYTES * kept.size()) {
            bytes -= kept.removeFirst().length;
        }
        if (kept.isEmpty()) {
            throw new IOException("no event of the recording has " + MIN_MEAN_BYTES + " bytes");
        }
        return kept;
    }

    private static void vary(Process.Builder process, Random random, int i) {
        process.setPid(1000 + random.nextInt(60_000));
        process.setParentPid(1000 + random.nextInt(60_000));
        process.setCreatedTimeBootNs(900_000_000_000L + i * SPACING_NANOS + random.nextInt((int) SPACING_NANOS));
        if (process.hasFile()) {
            process.getFileBuilder().setInode(random.nextInt(10_000_000));
        }
        ByteString arguments = process.getCmdLineBytes();
        if (arguments.size() > 8) {
            // As long as before: the mean size stays the recording's.
            String tail = Integer.toString(1_000_000 + random.nextInt(1_000_000));
            process.setCmdLineBytes(
                    arguments.substring(0, arguments.size() - tail.length()).concat(ByteString.copyFromUtf8(tail)));
        }
        if (process.hasParentProcess()) {
            process.getParentProcessBuilder().setPid(process.getParentPid());
        }
    }

    private static List<byte[]> replay(Path tree, Path directory) throws IOException, InterruptedException {
        Path socket = directory.resolve("replay.sock");
        try (AckingSink sink = AckingSink.listen(socket);
                Running sensor = Running.start(
                        Program.sensor(tree),
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        List.of(
                                "--socket=" + socket,
                                "--state=" + directory.resolve("replay-state"),
                                "--bpffs=" + directory.resolve("replay-bpf"),
                                "--node=bench",
                                "--replay=" + tree.resolve("e2e/src/main/captures/demo.capture"),
                                "--replay-speed=full"),
                        Confinement.none(null),
                        false,
                        directory.resolve("replay.log"))) {
            sensor.awaitExit(LIMIT);
            List<byte[]> samples = sink.arrivals().samples();
            if (samples.isEmpty()) {
                throw new IOException("the replay of the recording gave no event");
            }
            return samples;
        }
    }
}
