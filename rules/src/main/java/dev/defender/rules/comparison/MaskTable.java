/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From whole texts to marks: open addressing, at most half full. */
final class MaskTable {
    private final byte[] @Nullable [] keys;
    private final long[][] marks;
    private final int mask;

    /** @param keys each once */
    MaskTable(List<byte[]> keys, List<long[]> marks) {
        int size = Integer.highestOneBit(Math.max(1, keys.size()) * 2 - 1) << 1;
        this.keys = new byte[size][];
        this.marks = new long[size][];
        this.mask = size - 1;
        Arrays.fill(this.marks, new long[0]);
        for (int i = 0; i < keys.size(); i++) {
            byte[] key = keys.get(i);
            int place = TextValue.hash(key, 0, key.length) & mask;
            while (this.keys[place] != null) {
                place = place + 1 & mask;
            }
            this.keys[place] = key;
            this.marks[place] = marks.get(i);
        }
    }

    void collect(TextValue value, long[] into) {
        int place = value.hash() & mask;
        for (byte[] key = keys[place]; key != null; key = keys[place]) {
            if (EqualTo.sameBytes(key, value.slice())) {
                NeedleScan.merge(marks[place], into);
                return;
            }
            place = place + 1 & mask;
        }
    }
}
