/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import dev.defender.rules.field.Slice;
import java.util.Arrays;

/**
 * Searches a text for many others at once: an Aho–Corasick automaton with all its transitions written out, so that each byte
 * costs one look-up whatever the number of texts. Immutable.
 */
public final class NeedleScan {
    static final int NOTHING = -1;

    private final byte[] classOf;
    private final int classes;
    private final char[] next;
    private final int[] found;
    private final long[][] masks;
    private final int words;

    /**
     * @param classOf for each byte value, the class of bytes that the texts do not tell apart
     * @param next for each state and class, the next state
     * @param found for each state, the index of its mask, or {@link #NOTHING}
     * @param masks the marks of the texts that end there, as bits
     */
    NeedleScan(byte[] classOf, int classes, char[] next, int[] found, long[][] masks, int words) {
        this.classOf = classOf;
        this.classes = classes;
        this.next = next;
        this.found = found;
        this.masks = masks;
        this.words = words;
    }

    /** Length of a result in longs. */
    public int words() {
        return words;
    }

    /** Sets bit n of the result if text n occurs. */
    public void scan(Slice text, long[] result) {
        Arrays.fill(result, 0);
        collect(text, result);
    }

    /** Adds the marks of the texts that occur. */
    void collect(Slice text, long[] into) {
        byte[] bytes = text.bytes();
        int end = text.offset() + text.length();
        int state = 0;
        for (int i = text.offset(); i < end; i++) {
            state = next[state * classes + (classOf[bytes[i] & 0xff] & 0xff)];
            int mask = found[state];
            if (mask != NOTHING) {
                merge(masks[mask], into);
            }
        }
    }

    static void merge(long[] mask, long[] result) {
        for (int i = 0; i < mask.length; i++) {
            result[i] |= mask[i];
        }
    }
}
