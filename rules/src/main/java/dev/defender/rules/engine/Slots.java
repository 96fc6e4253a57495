/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import dev.defender.rules.catalogue.NumberReader;
import dev.defender.rules.catalogue.TextReader;
import dev.defender.rules.comparison.Needles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects, while rules are compiled, the distinct values that they ask for; each gets a slot in the {@link Evaluation}. */
public final class Slots {
    private final Map<String, Integer> textByKey = new HashMap<>();
    private final Map<String, Integer> numberByKey = new HashMap<>();
    private final List<TextReader> texts = new ArrayList<>();
    private final List<Needles> exact = new ArrayList<>();
    private final List<Needles> folded = new ArrayList<>();
    private final List<NumberReader> numbers = new ArrayList<>();
    private int memos;

    /** @param key equal for readers that give the same value, such as the field with its argument */
    int text(String key, TextReader reader) {
        return textByKey.computeIfAbsent(key, absent -> {
            texts.add(reader);
            exact.add(new Needles(false));
            folded.add(new Needles(true));
            return texts.size() - 1;
        });
    }

    int number(String key, NumberReader reader) {
        return numberByKey.computeIfAbsent(key, absent -> {
            numbers.add(reader);
            return numbers.size() - 1;
        });
    }

    /** What is searched for in a text slot. */
    Needles needles(int slot, boolean fold) {
        return (fold ? folded : exact).get(slot);
    }

    /** A place to remember the answer of a predicate in. */
    int memo() {
        return memos++;
    }

    /** The layout, when all rules have been compiled. */
    public SlotLayout complete() {
        List<SlotLayout.Text> layout = new ArrayList<>();
        for (int slot = 0; slot < texts.size(); slot++) {
            layout.add(new SlotLayout.Text(
                    texts.get(slot), exact.get(slot).build(), folded.get(slot).build()));
        }
        return new SlotLayout(layout, numbers, memos);
    }
}
