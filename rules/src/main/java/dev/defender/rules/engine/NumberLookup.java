/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import java.util.Arrays;
import java.util.SortedMap;

/** From a number to marks. Immutable. */
final class NumberLookup {
    private final int slot;
    private final long[] values;
    private final long[][] marks;

    NumberLookup(int slot, SortedMap<Long, long[]> marks) {
        this.slot = slot;
        this.values = marks.keySet().stream().mapToLong(Long::longValue).toArray();
        this.marks = marks.values().toArray(long[][]::new);
    }

    void collect(Evaluation event, long[] into) {
        // A missing value is a number that no check can name, and a check of it is false all the same.
        int found = Arrays.binarySearch(values, event.number(slot).value(event));
        if (found >= 0) {
            long[] mark = marks[found];
            for (int i = 0; i < mark.length; i++) {
                into[i] |= mark[i];
            }
        }
    }
}
