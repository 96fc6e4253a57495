/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import dev.defender.rules.field.Slice;
import java.util.List;

final class EqualTo extends TextTest {
    private final byte[] wanted;

    EqualTo(byte[] wanted) {
        this.wanted = wanted;
    }

    @Override
    public boolean test(TextValue value) {
        return sameBytes(wanted, value.slice());
    }

    static boolean sameBytes(byte[] wanted, Slice slice) {
        return slice.length() == wanted.length && hasBytesAt(wanted, slice.bytes(), slice.offset());
    }

    /** The caller has checked that so many bytes are there. */
    static boolean hasBytesAt(byte[] wanted, byte[] bytes, int offset) {
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[offset + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Literals literals() {
        return new Literals(Literals.Place.WHOLE, List.of(wanted));
    }

    @Override
    public int cost() {
        return 2;
    }
}
