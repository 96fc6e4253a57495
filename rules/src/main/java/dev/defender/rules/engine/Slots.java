/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import dev.defender.rules.catalogue.NumberReader;
import dev.defender.rules.catalogue.TextReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects, while rules are compiled, the distinct values that they ask for; each gets a slot in the {@link Evaluation}. */
public final class Slots {
    private final Map<String, Integer> textByKey = new HashMap<>();
    private final Map<String, Integer> numberByKey = new HashMap<>();
    private final List<TextReader> texts = new ArrayList<>();
    private final List<NumberReader> numbers = new ArrayList<>();

    /** @param key equal for readers that give the same value, such as the field with its argument */
    int text(String key, TextReader reader) {
        return textByKey.computeIfAbsent(key, absent -> {
            texts.add(reader);
            return texts.size() - 1;
        });
    }

    int number(String key, NumberReader reader) {
        return numberByKey.computeIfAbsent(key, absent -> {
            numbers.add(reader);
            return numbers.size() - 1;
        });
    }

    /** Fresh state for one thread. */
    public Evaluation newEvaluation() {
        return new Evaluation(texts, numbers);
    }
}
