/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import dev.defender.rules.comparison.LiteralLookup;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which of many predicates can be true for an event at all. Each field that guards speak of is looked up once, whatever the
 * number of predicates; those without a guard are always candidates. Immutable; threads may share it.
 */
public final class RuleIndex {
    private final long[] always;
    private final int[] textSlots;
    private final LiteralLookup[] texts;
    private final NumberLookup[] numbers;

    private RuleIndex(
            long[] always,
            SortedMap<Integer, LiteralLookup.Builder> texts,
            SortedMap<Integer, SortedMap<Long, long[]>> numbers) {
        this.always = always;
        this.textSlots = texts.keySet().stream().mapToInt(Integer::intValue).toArray();
        this.texts = texts.values().stream().map(LiteralLookup.Builder::build).toArray(LiteralLookup[]::new);
        this.numbers = numbers.entrySet().stream()
                .map(slot -> new NumberLookup(slot.getKey(), slot.getValue()))
                .toArray(NumberLookup[]::new);
    }

    /** The index over predicates, which it calls by their places in the list. */
    public static RuleIndex of(List<Predicate> predicates) {
        int words = (predicates.size() + 63) / 64;
        long[] always = new long[words];
        SortedMap<Integer, LiteralLookup.Builder> texts = new TreeMap<>();
        SortedMap<Integer, SortedMap<Long, long[]>> numbers = new TreeMap<>();
        for (int number = 0; number < predicates.size(); number++) {
            Guard guard = predicates.get(number).guard();
            if (guard == null) {
                always[number >> 6] |= 1L << number;
                continue;
            }
            for (Guard.Key key : guard.keys()) {
                switch (key) {
                    case Guard.TextKey text ->
                        texts.computeIfAbsent(text.slot(), absent -> new LiteralLookup.Builder(words))
                                .add(text.literals(), number);
                    case Guard.NumberKey value ->
                        numbers.computeIfAbsent(value.slot(), absent -> new TreeMap<>())
                                        .computeIfAbsent(value.value(), absent -> new long[words])[number >> 6] |=
                                1L << number;
                }
            }
        }
        return new RuleIndex(always, texts, numbers);
    }

    /** How many predicates are candidates whatever the event. */
    public int alwaysCandidates() {
        return Arrays.stream(always).mapToInt(Long::bitCount).sum();
    }

    /** Length of a set of candidates in longs. */
    public int words() {
        return always.length;
    }

    /** The candidates for the event at hand, in {@link #words} longs: bit n for predicate n. Good until the next call with the same evaluation. */
    public long[] candidates(Evaluation event) {
        long[] candidates = event.candidates(always);
        for (int i = 0; i < texts.length; i++) {
            TextSlot text = event.text(textSlots[i]);
            if (text.present(event)) {
                texts[i].collect(text.value(), candidates);
            }
        }
        for (NumberLookup number : numbers) {
            number.collect(event, candidates);
        }
        return candidates;
    }
}
