/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.enrich;

/** Parts of a text to be masked, ascending, without overlap. When there are too many, the last one covers the rest. */
final class Ranges {
    private static final int MOST = 64;

    private final int[] from = new int[MOST];
    private final int[] to = new int[MOST];
    private int count;

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    int from(int index) {
        return from[index];
    }

    int to(int index) {
        return to[index];
    }

    /** Adds a part that does not begin before the last one; an empty one is left out, one that touches is merged. */
    void add(int start, int end, int textEnd) {
        if (start >= end) {
            return;
        }
        if (count > 0 && start <= to[count - 1]) {
            to[count - 1] = Math.max(to[count - 1], end);
            from[count - 1] = Math.min(from[count - 1], start);
            return;
        }
        if (count == MOST) {
            to[count - 1] = textEnd;
            return;
        }
        from[count] = start;
        to[count++] = end;
    }

    /** End of the last part, or −1. */
    int lastEnd() {
        return count == 0 ? -1 : to[count - 1];
    }
}
