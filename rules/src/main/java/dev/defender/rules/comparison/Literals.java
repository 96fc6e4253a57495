/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import java.util.List;

/**
 * What a test can be looked up by: texts of which one must stand at a place of the value for the test to hold. Of no texts
 * the test never holds.
 *
 * @param texts their bytes
 */
public record Literals(Place place, List<byte[]> texts) {
    /** Where in the value. */
    public enum Place {
        WHOLE,
        START,
        END,
        /** Anywhere, with ASCII letters in either case. */
        INSIDE
    }

    public Literals {
        texts = List.copyOf(texts);
    }

    /** Length of the shortest text in bytes: the longer, the rarer in what is not meant. */
    public int shortest() {
        return texts.stream().mapToInt(text -> text.length).min().orElse(Integer.MAX_VALUE);
    }
}
