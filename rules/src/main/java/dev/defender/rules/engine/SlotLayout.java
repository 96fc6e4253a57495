/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import dev.defender.rules.catalogue.NumberReader;
import dev.defender.rules.catalogue.TextReader;
import dev.defender.rules.comparison.NeedleScan;
import java.util.List;

/** Which values the rules of a set ask for. Immutable; threads may share it. */
public record SlotLayout(List<Text> texts, List<NumberReader> numbers, int memos) {
    public SlotLayout {
        texts = List.copyOf(texts);
        numbers = List.copyOf(numbers);
    }

    /** Fresh state for one thread. */
    public Evaluation newEvaluation() {
        return new Evaluation(this);
    }

    /**
     * A text that is read, and the searches in it.
     *
     * @param exact finds what {@code contains} looks for
     * @param folded finds what {@code icontains} looks for
     */
    public record Text(TextReader reader, NeedleScan exact, NeedleScan folded) {}
}
