/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.enrich;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the {@link SecretWord}s of a text in one pass (Aho-Corasick over letters without case). Immutable. */
final class WordFinder {
    private final byte[] classOf = new byte[256];
    private final int classes;
    private final short[] next;
    private final @Nullable SecretWord[] wordAt;

    WordFinder() {
        int used = 1;
        int states = 1;
        for (SecretWord word : SecretWord.values()) {
            for (byte b : lower(word)) {
                if (classOf[b] == 0) {
                    classOf[b] = (byte) used;
                    classOf[Character.toUpperCase(b)] = (byte) used;
                    used++;
                }
                states++;
            }
        }
        classes = used;
        next = new short[states * classes];
        wordAt = new SecretWord[states];
        buildTrie();
        link();
    }

    /** State after {@code b}; the first state is 0. */
    int step(int state, byte b) {
        return next[state * classes + classOf[b & 0xFF]];
    }

    /** The word that ends in this state; the longest if several do. */
    @Nullable
    SecretWord word(int state) {
        return wordAt[state];
    }

    private void buildTrie() {
        Arrays.fill(next, (short) -1);
        short last = 0;
        for (SecretWord word : SecretWord.values()) {
            int state = 0;
            for (byte b : lower(word)) {
                int edge = state * classes + classOf[b];
                if (next[edge] < 0) {
                    next[edge] = ++last;
                }
                state = next[edge];
            }
            wordAt[state] = word;
        }
    }

    private void link() {
        int[] failure = new int[wordAt.length];
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        for (int c = 0; c < classes; c++) {
            if (next[c] < 0) {
                next[c] = 0;
            } else {
                queue.add((int) next[c]);
            }
        }
        while (!queue.isEmpty()) {
            int state = queue.remove();
            if (wordAt[state] == null) {
                wordAt[state] = wordAt[failure[state]];
            }
            for (int c = 0; c < classes; c++) {
                int edge = state * classes + c;
                short fallback = next[failure[state] * classes + c];
                if (next[edge] < 0) {
                    next[edge] = fallback;
                } else {
                    failure[next[edge]] = fallback;
                    queue.add((int) next[edge]);
                }
            }
        }
    }

    private static byte[] lower(SecretWord word) {
        return word.word().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }
}
