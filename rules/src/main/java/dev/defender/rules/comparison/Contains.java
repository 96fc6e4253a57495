/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import dev.defender.rules.field.Slice;

/** Substring search; with {@code fold}, ASCII letters match in either case. */
final class Contains extends TextTest {
    private final byte[] wanted;
    private final boolean fold;

    Contains(byte[] wanted, boolean fold) {
        this.wanted = fold ? Ascii.lower(wanted) : wanted;
        this.fold = fold;
    }

    @Override
    public boolean test(TextValue value) {
        Slice slice = value.slice();
        if (wanted.length == 0) {
            return true;
        }
        return fold ? folded(slice) : exact(slice);
    }

    private boolean exact(Slice slice) {
        byte[] bytes = slice.bytes();
        int last = slice.offset() + slice.length() - wanted.length;
        byte first = wanted[0];
        for (int i = slice.offset(); i <= last; i++) {
            if (bytes[i] == first && EqualTo.hasBytesAt(wanted, bytes, i)) {
                return true;
            }
        }
        return false;
    }

    private boolean folded(Slice slice) {
        byte[] bytes = slice.bytes();
        int last = slice.offset() + slice.length() - wanted.length;
        for (int i = slice.offset(); i <= last; i++) {
            int matched = 0;
            while (matched < wanted.length && Ascii.lower(bytes[i + matched]) == wanted[matched]) {
                matched++;
            }
            if (matched == wanted.length) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int cost() {
        return fold ? 30 : 15;
    }
}
