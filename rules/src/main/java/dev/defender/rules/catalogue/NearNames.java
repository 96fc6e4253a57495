/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.catalogue;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds what a misspelt name may have meant. */
public final class NearNames {
    private static final int MAX_SUGGESTIONS = 3;

    private NearNames() {}

    /** Up to three of the candidates within an edit distance of a third of the name's length, nearest first. */
    public static List<String> of(String unknown, Collection<String> candidates) {
        int bound = Math.max(1, unknown.length() / 3);
        return candidates.stream()
                .filter(candidate -> Math.abs(candidate.length() - unknown.length()) <= bound)
                .filter(candidate -> distance(unknown, candidate) <= bound)
                .sorted(Comparator.comparingInt((String candidate) -> distance(unknown, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MAX_SUGGESTIONS)
                .toList();
    }

    /** A sentence to hang on an error message; empty if nothing is near. */
    public static String hint(String unknown, Collection<String> candidates) {
        List<String> near = of(unknown, candidates);
        return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(previous[j], row[j - 1]));
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
