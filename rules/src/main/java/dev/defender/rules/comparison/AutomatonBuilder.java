/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Builds the automaton of {@link NeedleScan}: a tree of the texts, then for each state where to go when the tree ends. */
final class AutomatonBuilder {
    private static final int NO_STATE = -1;

    private final List<byte[]> needles;
    private final List<long[]> marks;
    private final boolean fold;
    private final byte[] classOf = new byte[256];
    private final int words;
    private final List<int[]> transitions = new ArrayList<>();
    private final List<long[]> outputs = new ArrayList<>();
    private int classes = 1;

    /** Each text is marked by a bit of its own, by its place in the list. */
    AutomatonBuilder(List<byte[]> needles, boolean fold) {
        this(needles, bits(needles.size()), (needles.size() + 63) / 64, fold);
    }

    /**
     * @param needles with {@code fold}, in lower case
     * @param marks of each text
     * @param words length of a set of marks in longs
     */
    AutomatonBuilder(List<byte[]> needles, List<long[]> marks, int words, boolean fold) {
        this.needles = needles;
        this.marks = marks;
        this.fold = fold;
        this.words = words;
    }

    private static List<long[]> bits(int count) {
        List<long[]> bits = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            long[] mark = new long[(count + 63) / 64];
            mark[number >> 6] = 1L << number;
            bits.add(mark);
        }
        return bits;
    }

    NeedleScan build() {
        classify();
        addState();
        for (int number = 0; number < needles.size(); number++) {
            insert(needles.get(number), marks.get(number));
        }
        complete();
        return assemble();
    }

    /** Class 0 is for bytes that stand in no text. There are at most 256 classes, so a class fits a byte. */
    private void classify() {
        for (byte[] needle : needles) {
            for (byte b : needle) {
                if (classOf[b & 0xff] == 0) {
                    classOf[b & 0xff] = (byte) classes++;
                }
            }
        }
        for (int upper = 'A'; fold && upper <= 'Z'; upper++) {
            classOf[upper] = classOf[upper + 'a' - 'A'];
        }
    }

    private int addState() {
        int[] row = new int[classes];
        Arrays.fill(row, NO_STATE);
        transitions.add(row);
        outputs.add(new long[words]);
        if (transitions.size() > Character.MAX_VALUE) {
            throw new IllegalStateException("the rules search one field for more than 65,535 bytes of texts");
        }
        return transitions.size() - 1;
    }

    private void insert(byte[] needle, long[] mark) {
        int state = 0;
        for (byte b : needle) {
            int symbol = classOf[b & 0xff] & 0xff;
            if (transitions.get(state)[symbol] == NO_STATE) {
                transitions.get(state)[symbol] = addState();
            }
            state = transitions.get(state)[symbol];
        }
        NeedleScan.merge(mark, outputs.get(state));
    }

    /** Breadth first: the fallback of a state is shorter than the state, so it is complete by then. */
    private void complete() {
        int[] fallback = new int[transitions.size()];
        Deque<Integer> queue = new ArrayDeque<>();
        queue.add(0);
        while (!queue.isEmpty()) {
            int state = queue.remove();
            int[] row = transitions.get(state);
            for (int symbol = 0; symbol < classes; symbol++) {
                int elsewhere = state == 0 ? 0 : transitions.get(fallback[state])[symbol];
                if (row[symbol] == NO_STATE) {
                    row[symbol] = elsewhere;
                } else {
                    int child = row[symbol];
                    fallback[child] = elsewhere;
                    for (int word = 0; word < words; word++) {
                        outputs.get(child)[word] |= outputs.get(elsewhere)[word];
                    }
                    queue.add(child);
                }
            }
        }
    }

    private NeedleScan assemble() {
        int states = transitions.size();
        char[] next = new char[states * classes];
        int[] found = new int[states];
        List<long[]> masks = new ArrayList<>();
        for (int state = 0; state < states; state++) {
            for (int symbol = 0; symbol < classes; symbol++) {
                next[state * classes + symbol] = (char) transitions.get(state)[symbol];
            }
            found[state] = NeedleScan.NOTHING;
            if (Arrays.stream(outputs.get(state)).anyMatch(word -> word != 0)) {
                found[state] = masks.size();
                masks.add(outputs.get(state));
            }
        }
        return new NeedleScan(classOf, classes, next, found, masks.toArray(long[][]::new), words);
    }
}
