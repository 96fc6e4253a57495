/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import dev.defender.rules.catalogue.Access.AncestorTextReader;
import dev.defender.rules.comparison.Literals;
import dev.defender.rules.comparison.TextTest;
import dev.defender.rules.comparison.TextValue;
import org.jspecify.annotations.Nullable;

/** Predicates over texts. {@code wanted} false is {@code !=}: the value must be there and fail the test. */
final class TextPredicates {
    /** Guards against a source whose ancestors run in a circle. */
    static final int MAX_DEPTH = 256;

    private TextPredicates() {}

    static final class One extends Predicate {
        private final int slot;
        private final TextTest comparison;
        private final boolean wanted;

        One(int slot, TextTest comparison, boolean wanted) {
            this.slot = slot;
            this.comparison = comparison;
            this.wanted = wanted;
        }

        @Override
        public boolean test(Evaluation event) {
            TextSlot text = event.text(slot);
            return text.present(event) && comparison.test(text.value()) == wanted;
        }

        @Override
        @Nullable
        Guard guard() {
            Literals literals = wanted ? comparison.literals() : null;
            return literals == null ? null : Guard.of(slot, literals);
        }

        @Override
        int cost() {
            return 1 + comparison.cost();
        }
    }

    /**
     * {@code contains} and {@code icontains}: the slot is searched once for the texts of all rules.
     *
     * @param wanted bits of the texts that this check names
     * @param all whether all must occur, or any
     * @param literals texts of which one must occur
     */
    static final class Holds extends Predicate {
        private final int slot;
        private final boolean fold;
        private final long[] wanted;
        private final boolean all;
        private final @Nullable Literals literals;

        Holds(int slot, boolean fold, long[] wanted, boolean all, @Nullable Literals literals) {
            this.slot = slot;
            this.fold = fold;
            this.wanted = wanted;
            this.all = all;
            this.literals = literals;
        }

        @Override
        public boolean test(Evaluation event) {
            TextSlot text = event.text(slot);
            if (!text.present(event)) {
                return false;
            }
            long[] found = text.found(fold);
            for (int i = 0; i < wanted.length; i++) {
                long both = found[i] & wanted[i];
                if (all ? both != wanted[i] : both != 0) {
                    return !all;
                }
            }
            return all;
        }

        @Override
        @Nullable
        Guard guard() {
            return literals == null ? null : Guard.of(slot, literals);
        }

        @Override
        int cost() {
            return 4;
        }
    }

    static final class Present extends Predicate {
        private final int slot;

        Present(int slot) {
            this.slot = slot;
        }

        @Override
        public boolean test(Evaluation event) {
            return event.text(slot).present(event);
        }

        @Override
        int cost() {
            return 1;
        }
    }

    static final class AnyAncestor extends Predicate {
        private final AncestorTextReader reader;
        private final TextTest comparison;
        private final boolean wanted;

        AnyAncestor(AncestorTextReader reader, TextTest comparison, boolean wanted) {
            this.reader = reader;
            this.comparison = comparison;
            this.wanted = wanted;
        }

        @Override
        public boolean test(Evaluation event) {
            TextValue ancestor = event.ancestor();
            for (int depth = 1; depth < MAX_DEPTH; depth++) {
                ancestor.changed();
                if (!reader.read(event, depth, ancestor.slice())) {
                    return false;
                }
                if (comparison.test(ancestor) == wanted) {
                    return true;
                }
            }
            return false;
        }

        @Override
        int cost() {
            return 40 + 8 * comparison.cost();
        }
    }

    static final class AncestorPresent extends Predicate {
        private final AncestorTextReader reader;

        AncestorPresent(AncestorTextReader reader) {
            this.reader = reader;
        }

        @Override
        public boolean test(Evaluation event) {
            return reader.read(event, 1, event.ancestor().slice());
        }

        @Override
        int cost() {
            return 3;
        }
    }
}
