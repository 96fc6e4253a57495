/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the texts that all rules search for in one field, so that one pass over the field's value finds them all. */
public final class Needles {
    private final boolean fold;
    private final List<byte[]> needles = new ArrayList<>();
    private final Map<String, Integer> byText = new HashMap<>();

    /** @param fold whether ASCII letters match in either case */
    public Needles(boolean fold) {
        this.fold = fold;
    }

    /**
     * Adds a text, which must not be empty.
     *
     * @return its number; the same text has the same number
     */
    public int add(String text) {
        byte[] bytes = TextTests.bytes(text);
        byte[] needle = fold ? Ascii.lower(bytes) : bytes;
        return byText.computeIfAbsent(TextTests.text(needle), absent -> {
            needles.add(needle);
            return needles.size() - 1;
        });
    }

    public boolean isEmpty() {
        return needles.isEmpty();
    }

    /** The search for all texts added so far. */
    public NeedleScan build() {
        return new AutomatonBuilder(needles, fold).build();
    }
}
