/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import dev.defender.rules.field.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code startswith anyof} or {@code endswith anyof}, in one loop over the prefixes or suffixes. */
final class AnyAffix extends TextTest {
    private final byte[][] affixes;
    private final boolean atEnd;

    AnyAffix(List<byte[]> affixes, boolean atEnd) {
        this.affixes = affixes.toArray(byte[][]::new);
        this.atEnd = atEnd;
    }

    @Override
    public boolean test(TextValue value) {
        Slice slice = value.slice();
        byte[] bytes = slice.bytes();
        int length = slice.length();
        for (byte[] affix : affixes) {
            int from = slice.offset() + (atEnd ? length - affix.length : 0);
            if (affix.length <= length && matchesBackwards(affix, bytes, from)) {
                return true;
            }
        }
        return false;
    }

    /** From the last byte on: paths begin alike and end differently. */
    private static boolean matchesBackwards(byte[] affix, byte[] bytes, int from) {
        for (int i = affix.length - 1; i >= 0; i--) {
            if (bytes[from + i] != affix[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public @Nullable Literals literals() {
        Literals literals = new Literals(atEnd ? Literals.Place.END : Literals.Place.START, List.of(affixes));
        return literals.shortest() == 0 ? null : literals;
    }

    @Override
    public int cost() {
        return 1 + affixes.length;
    }
}
