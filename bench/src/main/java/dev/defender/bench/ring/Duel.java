/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.ring;

import dev.defender.bench.ring.Contender.Drained;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Our consumer against the peer, round about. Both are started anew several times, since where a process gets its pages and how
 * its code lies moves the result by more than the noise of a round.
 */
final class Duel {
    private static final int WARM_UP_ROUNDS = 3;
    private static final int FILLS_PER_ROUND = 60;
    /** About what a busy host writes between two looks of the sensor; stays in the caches of the CPU that wrote it. */
    private static final int FILL_BYTES = 2 * 1024 * 1024;

    private static final int HEADER_BYTES = 8;

    private final Path object;
    private final Path peer;
    private final int recordBytes;
    private final boolean readHead;
    private final List<Double> ours = new ArrayList<>();
    private final List<Double> theirs = new ArrayList<>();

    /** @param readHead whether the handlers read type, length and time of each record, or nothing */
    Duel(Path object, Path peer, int recordBytes, boolean readHead) {
        this.object = object;
        this.peer = peer;
        this.recordBytes = recordBytes;
        this.readHead = readHead;
    }

    void run(int starts, int roundsPerStart) throws IOException {
        for (int start = 0; start < starts; start++) {
            try (Contender java = new Contender("our consumer", command(javaCommand()));
                    Contender c = new Contender("the C consumer", command(List.of(peer.toString())))) {
                for (int round = -WARM_UP_ROUNDS; round < roundsPerStart; round++) {
                    Drained mine = java.drain(FILLS_PER_ROUND, eventsPerRound());
                    Drained other = c.drain(FILLS_PER_ROUND, eventsPerRound());
                    if (mine.checksum() != other.checksum()) {
                        throw new IOException("the two consumers read different bytes");
                    }
                    if (round >= 0) {
                        ours.add(mine.nanosPerEvent());
                        theirs.add(other.nanosPerEvent());
                    }
                }
            }
        }
    }

    private List<String> command(List<String> program) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(
                object.toString(),
                Integer.toString(recordBytes),
                Integer.toString(recordsPerFill()),
                readHead ? "1" : "0"));
        return command;
    }

    /** As the sensor runs: the quick compiler only. */
    private static List<String> javaCommand() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                RingConsumer.class.getName());
    }

    private int recordsPerFill() {
        return FILL_BYTES / (recordBytes + HEADER_BYTES);
    }

    private long eventsPerRound() {
        return (long) recordsPerFill() * FILLS_PER_ROUND;
    }

    /** Median over all rounds, in ns of CPU per event. */
    double oursNanos() {
        return median(ours);
    }

    /** Median over all rounds, in ns of CPU per event. */
    double peerNanos() {
        return median(theirs);
    }

    int rounds() {
        return ours.size();
    }

    long events() {
        return rounds() * eventsPerRound();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
