/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.ring;

import bpf4j.Capabilities;
import dev.defender.bench.Benchmark;
import dev.defender.bench.Figure;
import dev.defender.bench.Figure.Better;
import dev.defender.bench.Report;
import dev.defender.e2e.stack.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * CPU time of the consuming thread per record: {@link bpf4j.RingBuffer} under the sensor's JIT mode (C1 only) against libbpf's
 * {@code ring_buffer__consume} called from C. A BPF program fills the ring from one CPU, then a thread on another drains it; the
 * handlers on both sides read each record's type, length and time, as a decoder does before all else. Rounds alternate between
 * the two; the figures are medians over all rounds.
 *
 * <p>What delivery alone costs, to a handler that reads no byte, is noted beside the figures. The difference is the price of a
 * field under C1: about 2 ns where C needs none.
 */
public final class RingBenchmark implements Benchmark {
    private static final String NAME = "ring.cpu_ns_per_event.";
    private static final int[] RECORD_BYTES = {64, 256};
    private static final double BOUND = 1.3;
    private static final int STARTS = 4;
    private static final int NOTE_STARTS = 1;
    private static final int ROUNDS_PER_START = 5;

    @Override
    public List<String> figures() {
        return List.of(NAME + "64B", NAME + "256B");
    }

    @Override
    public void run(Report report) throws IOException, InterruptedException, Unavailable {
        if (!Capabilities.effective().canTrace()) {
            throw new Unavailable("it needs root, or CAP_BPF and CAP_PERFMON");
        }
        Path directory = Files.createTempDirectory("defender-bench-ring");
        Workspace.mark(directory);
        try {
            Path object = PeerBuild.resource("/bpf/flood.bpf.o", directory);
            Path peer = PeerBuild.compile(directory);
            for (int bytes : RECORD_BYTES) {
                Duel reading = new Duel(object, peer, bytes, true);
                reading.run(STARTS, ROUNDS_PER_START);
                Duel delivery = new Duel(object, peer, bytes, false);
                delivery.run(NOTE_STARTS, ROUNDS_PER_START);
                report.note(String.format(
                        Locale.ROOT,
                        "%d bytes delivered and not read: ours %.1f ns, C %.1f ns",
                        bytes,
                        delivery.oursNanos(),
                        delivery.peerNanos()));
                report.figure(new Figure(
                        NAME + bytes + "B",
                        reading.oursNanos(),
                        reading.peerNanos(),
                        "libbpf ring_buffer__consume in C",
                        Better.LOWER,
                        BOUND,
                        reading.events(),
                        reading.rounds(),
                        "ns"));
            }
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
