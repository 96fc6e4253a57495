/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import java.util.ArrayList;
import java.util.List;

/** Sequences as ascending ranges that neither overlap nor touch. For one thread. */
final class RangeList {
    private final List<Range> ranges = new ArrayList<>();

    /** @param bounds first and last of each range, ascending */
    static RangeList of(long[] bounds) {
        RangeList list = new RangeList();
        for (int i = 0; i + 1 < bounds.length; i += 2) {
            list.ranges.add(new Range(bounds[i], bounds[i + 1]));
        }
        return list;
    }

    long[] bounds() {
        long[] bounds = new long[2 * ranges.size()];
        for (int i = 0; i < ranges.size(); i++) {
            bounds[2 * i] = ranges.get(i).first();
            bounds[2 * i + 1] = ranges.get(i).last();
        }
        return bounds;
    }

    int size() {
        return ranges.size();
    }

    /** First number of the list, {@link Long#MAX_VALUE} when it is empty. */
    long lowest() {
        return ranges.isEmpty() ? Long.MAX_VALUE : ranges.getFirst().first();
    }

    /** Last number of the list, 0 when it is empty. */
    long highest() {
        return ranges.isEmpty() ? 0 : ranges.getLast().last();
    }

    Range removeFirst() {
        return ranges.removeFirst();
    }

    boolean contains(long sequence) {
        int at = firstEndingAtOrAfter(sequence);
        return at < ranges.size() && ranges.get(at).first() <= sequence;
    }

    /** Merges a range in. */
    void add(long first, long last) {
        int at = firstEndingAtOrAfter(first - 1);
        int end = at;
        long from = first;
        long to = last;
        while (end < ranges.size() && ranges.get(end).first() <= last + 1) {
            from = Math.min(from, ranges.get(end).first());
            to = Math.max(to, ranges.get(end).last());
            end++;
        }
        ranges.subList(at, end).clear();
        ranges.add(at, new Range(from, to));
    }

    /** The parts of a range that are not in the list, ascending. */
    List<Range> missing(Range wanted) {
        List<Range> missing = new ArrayList<>();
        long next = wanted.first();
        for (int at = firstEndingAtOrAfter(next); at < ranges.size(); at++) {
            Range range = ranges.get(at);
            if (range.first() > wanted.last()) {
                break;
            }
            if (range.first() > next) {
                missing.add(new Range(next, range.first() - 1));
            }
            next = range.last() + 1;
        }
        if (next <= wanted.last()) {
            missing.add(new Range(next, wanted.last()));
        }
        return missing;
    }

    private int firstEndingAtOrAfter(long sequence) {
        int low = 0;
        int high = ranges.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).last() < sequence) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
