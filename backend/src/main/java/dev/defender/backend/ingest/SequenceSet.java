/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import java.util.ArrayList;
import java.util.List;

/**
 * The sequences of one lane that are accounted for, because they were received or because a gap record covers them:
 * every one up to a mark, and ranges above it. Numbers start at 1. For one thread.
 */
final class SequenceSet {
    /** More received ranges than this above the mark, and the oldest hole is given up. */
    static final int MAX_RECEIVED_RANGES = 64;

    /** Gap records travel in the fast lane and may cover many single numbers before their neighbours arrive. */
    static final int MAX_COVERED_RANGES = 4096;

    private long mark;
    private final RangeList received;
    private final RangeList covered;

    SequenceSet() {
        this(0, new long[0], new long[0]);
    }

    /** @param received and {@code covered}: first and last of each range above the mark, ascending */
    SequenceSet(long mark, long[] received, long[] covered) {
        this.mark = mark;
        this.received = RangeList.of(received);
        this.covered = RangeList.of(covered);
    }

    /** Everything up to here is accounted for. */
    long mark() {
        return mark;
    }

    /** Largest number that is accounted for, 0 when there is none. */
    long highest() {
        return Math.max(mark, Math.max(received.highest(), covered.highest()));
    }

    long[] received() {
        return received.bounds();
    }

    long[] covered() {
        return covered.bounds();
    }

    boolean contains(long sequence) {
        return sequence <= mark || received.contains(sequence) || covered.contains(sequence);
    }

    /** Adds numbers that {@link #contains} does not know. */
    void receive(long first, long last) {
        received.add(first, last);
        advance();
    }

    /**
     * Adds what a gap record names.
     *
     * @return how many of the numbers were not accounted for before
     */
    long cover(long first, long last) {
        if (last <= mark) {
            return 0;
        }
        long added = 0;
        for (Range unknown : covered.missing(new Range(Math.max(first, mark + 1), last))) {
            for (Range piece : received.missing(unknown)) {
                covered.add(piece.first(), piece.last());
                added += piece.size();
            }
        }
        advance();
        return added;
    }

    /** Gives up the oldest holes until the set is within its bounds; what was given up counts as accounted for. */
    List<Range> closeOldestHoles() {
        List<Range> closed = new ArrayList<>();
        while (received.size() > MAX_RECEIVED_RANGES || covered.size() > MAX_COVERED_RANGES) {
            long next = Math.min(received.lowest(), covered.lowest());
            closed.add(new Range(mark + 1, next - 1));
            mark = next - 1;
            advance();
        }
        return closed;
    }

    private void advance() {
        while (true) {
            if (received.lowest() == mark + 1) {
                mark = received.removeFirst().last();
            } else if (covered.lowest() == mark + 1) {
                mark = covered.removeFirst().last();
            } else {
                return;
            }
        }
    }
}
