/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import dev.defender.rules.field.Slice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From prefixes, or suffixes, to marks: one walk from the text's end that is meant, as far as any of them goes. */
final class AffixTree {
    /** The root, which no branch leads to. */
    private static final char NOWHERE = 0;

    private final boolean backwards;
    private final byte[] classOf = new byte[256];
    private final int classes;
    private final char[] next;
    private final long[] @Nullable [] marks;

    /**
     * @param affixes none empty, each once
     * @param backwards whether they are suffixes
     */
    AffixTree(List<byte[]> affixes, List<long[]> marksOf, boolean backwards) {
        this.backwards = backwards;
        int count = 1;
        for (byte[] affix : affixes) {
            for (byte b : affix) {
                if (classOf[b & 0xff] == 0) {
                    classOf[b & 0xff] = (byte) count++;
                }
            }
        }
        classes = count;
        List<char[]> rows = new ArrayList<>(List.of(new char[classes]));
        List<long @Nullable []> ends = new ArrayList<>();
        ends.add(null);
        for (int i = 0; i < affixes.size(); i++) {
            ends.set(insert(affixes.get(i), rows, ends), marksOf.get(i));
        }
        next = new char[rows.size() * classes];
        for (int state = 0; state < rows.size(); state++) {
            System.arraycopy(rows.get(state), 0, next, state * classes, classes);
        }
        marks = ends.toArray(long[][]::new);
    }

    private int insert(byte[] affix, List<char[]> rows, List<long @Nullable []> ends) {
        int state = 0;
        for (int i = 0; i < affix.length; i++) {
            int symbol = classOf[affix[backwards ? affix.length - 1 - i : i] & 0xff] & 0xff;
            if (rows.get(state)[symbol] == NOWHERE) {
                if (rows.size() > Character.MAX_VALUE) {
                    throw new IllegalStateException("the rules compare one field with more than 65,535 bytes of texts");
                }
                rows.get(state)[symbol] = (char) rows.size();
                rows.add(new char[classes]);
                ends.add(null);
            }
            state = rows.get(state)[symbol];
        }
        return state;
    }

    void collect(TextValue value, long[] into) {
        Slice slice = value.slice();
        byte[] bytes = slice.bytes();
        int length = slice.length();
        int step = backwards ? -1 : 1;
        int at = backwards ? slice.offset() + length - 1 : slice.offset();
        int state = 0;
        for (int i = 0; i < length; i++) {
            state = next[state * classes + (classOf[bytes[at] & 0xff] & 0xff)];
            if (state == NOWHERE) {
                return;
            }
            long[] mark = marks[state];
            if (mark != null) {
                NeedleScan.merge(mark, into);
            }
            at += step;
        }
    }
}
