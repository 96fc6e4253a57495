/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import dev.defender.rules.catalogue.Access.AncestorTextReader;
import dev.defender.rules.comparison.TextTest;
import dev.defender.rules.comparison.TextValue;

/** Predicates over texts. {@code wanted} false is {@code !=}: the value must be there and fail the test. */
final class TextPredicates {
    /** Guards against a source whose ancestors run in a circle. */
    static final int MAX_DEPTH = 256;

    private TextPredicates() {}

    record One(int slot, TextTest comparison, boolean wanted) implements Predicate {
        @Override
        public boolean test(Evaluation event) {
            TextSlot text = event.text(slot);
            return text.present(event) && comparison.test(text.value()) == wanted;
        }

        @Override
        public int cost() {
            return 1 + comparison.cost();
        }
    }

    /**
     * {@code contains} and {@code icontains}: the slot is searched once for the texts of all rules.
     *
     * @param wanted bits of the texts that this check names
     * @param all whether all must occur, or any
     */
    record Holds(int slot, boolean fold, long[] wanted, boolean all) implements Predicate {
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
        public int cost() {
            return 4;
        }
    }

    record Present(int slot) implements Predicate {
        @Override
        public boolean test(Evaluation event) {
            return event.text(slot).present(event);
        }

        @Override
        public int cost() {
            return 1;
        }
    }

    record AnyAncestor(AncestorTextReader reader, TextTest comparison, boolean wanted) implements Predicate {
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
        public int cost() {
            return 40 + 8 * comparison.cost();
        }
    }

    record AncestorPresent(AncestorTextReader reader) implements Predicate {
        @Override
        public boolean test(Evaluation event) {
            return reader.read(event, 1, event.ancestor().slice());
        }

        @Override
        public int cost() {
            return 3;
        }
    }
}
