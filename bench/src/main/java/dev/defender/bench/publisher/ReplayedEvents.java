/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.publisher;

import com.google.protobuf.ByteString;
import dev.defender.bench.EventSize;
import dev.defender.bench.sink.Replay;
import dev.defender.protocol.v1.Event;
import dev.defender.protocol.v1.Process;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The repository's recording as the sensor encodes it: replayed once into a sink, then repeated with other times,
 * process ids, inodes and arguments, without so many of its smallest events that the mean has 250 bytes, so that a compressor does not find the same bytes again and again.
 */
final class ReplayedEvents {
    private static final long SPACING_NANOS = 33_000;

    private ReplayedEvents() {}

    /**
     * Bodies of {@code count} events.
     *
     * @param tree root of the source tree, built
     * @param directory for the replay's socket, state and log
     */
    static List<byte[]> bodies(Path tree, Path directory, int count) throws IOException, InterruptedException {
        List<byte[]> replayed = Replay.of(tree.resolve("e2e/src/main/captures/demo.capture"), tree, directory);
        List<byte[]> recorded =
                EventSize.largest(replayed).stream().mapToObj(replayed::get).toList();
        Random random = new Random(7);
        List<byte[]> bodies = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Event.Builder event = Event.parseFrom(recorded.get(i % recorded.size())).toBuilder();
            event.setTimeBootNs(1_000_000_000_000L + i * SPACING_NANOS + random.nextInt((int) SPACING_NANOS));
            if (event.hasProcess()) {
                vary(event.getProcessBuilder(), random, i);
            }
            bodies.add(event.build().toByteArray());
        }
        return bodies;
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
}
