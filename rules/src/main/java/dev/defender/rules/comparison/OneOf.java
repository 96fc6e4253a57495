/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import java.util.Arrays;
import java.util.List;

/** Membership in a set of byte texts: open addressing, at most half full. */
final class OneOf extends TextTest {
    /** Marks a free place; told from an empty value by identity. */
    private static final byte[] FREE = new byte[0];

    private final byte[][] table;
    private final int mask;

    OneOf(List<byte[]> values) {
        int size = Integer.highestOneBit(Math.max(1, values.size()) * 2 - 1) << 1;
        table = new byte[size][];
        Arrays.fill(table, FREE);
        mask = size - 1;
        for (byte[] value : values) {
            insert(value);
        }
    }

    private void insert(byte[] value) {
        int slot = TextValue.hash(value, 0, value.length) & mask;
        while (table[slot] != FREE) {
            slot = slot + 1 & mask;
        }
        table[slot] = value;
    }

    @Override
    public boolean test(TextValue value) {
        int slot = value.hash() & mask;
        byte[] candidate = table[slot];
        while (candidate != FREE) {
            if (EqualTo.sameBytes(candidate, value.slice())) {
                return true;
            }
            slot = slot + 1 & mask;
            candidate = table[slot];
        }
        return false;
    }

    @Override
    public Literals literals() {
        return new Literals(
                Literals.Place.WHOLE,
                Arrays.stream(table).filter(value -> value != FREE).toList());
    }

    @Override
    public int cost() {
        return 3;
    }
}
