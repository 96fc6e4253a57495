/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench;

import java.io.IOException;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The least mean size of the events that a figure may be taken with: small ones are cheap to carry. */
public final class EventSize {
    private static final long LEAST_MEAN_BYTES = 250;

    private EventSize() {}

    /** The same for these events. */
    public static void check(List<byte[]> bodies, Report report) throws IOException {
        check(bodies.stream().mapToLong(body -> body.length).sum() / bodies.size(), report);
    }

    /**
     * Places of the largest events, as many as have a mean of at least what a figure needs.
     *
     * @param bodies encoded events, without their records' headers
     * @throws IOException if not even the largest has so many bytes
     */
    public static BitSet largest(List<byte[]> bodies) throws IOException {
        List<Integer> bySize = IntStream.range(0, bodies.size())
                .boxed()
                .sorted(Comparator.comparingInt(place -> bodies.get(place).length))
                .toList();
        long bytes = bodies.stream().mapToLong(body -> body.length).sum();
        BitSet kept = new BitSet();
        kept.set(0, bodies.size());
        for (int place : bySize) {
            if (bytes >= LEAST_MEAN_BYTES * kept.cardinality()) {
                break;
            }
            bytes -= bodies.get(place).length;
            kept.clear(place);
        }
        if (kept.isEmpty()) {
            throw new IOException("no event of the recording has " + LEAST_MEAN_BYTES + " bytes");
        }
        return kept;
    }

    /**
     * Notes the mean.
     *
     * @param meanBytes of an encoded event, without its record's header
     * @throws IOException if it is too small
     */
    public static void check(long meanBytes, Report report) throws IOException {
        report.note("mean event: " + meanBytes + " bytes, record header not counted");
        if (meanBytes < LEAST_MEAN_BYTES) {
            throw new IOException("events of " + meanBytes + " bytes are too small for a figure, " + LEAST_MEAN_BYTES
                    + " is the least");
        }
    }
}
