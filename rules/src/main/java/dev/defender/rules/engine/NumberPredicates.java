/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import static dev.defender.rules.field.FieldSource.MISSING;

import dev.defender.rules.catalogue.Access.AncestorNumberReader;
import dev.defender.rules.comparison.LongTest;

/** Predicates over numbers and flags. {@code wanted} false is {@code !=}. */
final class NumberPredicates {
    private NumberPredicates() {}

    record One(int slot, LongTest comparison, boolean wanted) implements Predicate {
        @Override
        public boolean test(Evaluation event) {
            long value = event.number(slot).value(event);
            return value != MISSING && comparison.test(value) == wanted;
        }

        @Override
        public int cost() {
            return 1;
        }
    }

    record Present(int slot) implements Predicate {
        @Override
        public boolean test(Evaluation event) {
            return event.number(slot).value(event) != MISSING;
        }

        @Override
        public int cost() {
            return 1;
        }
    }

    /** Either end of a connection; {@code !=} wants both ends to differ. A listening socket has one end. */
    record EitherEnd(int client, int server, LongTest comparison, boolean wanted) implements Predicate {
        @Override
        public boolean test(Evaluation event) {
            long first = event.number(client).value(event);
            long second = event.number(server).value(event);
            if (first == MISSING && second == MISSING) {
                return false;
            }
            boolean any =
                    (first != MISSING && comparison.test(first)) || (second != MISSING && comparison.test(second));
            return any == wanted;
        }

        @Override
        public int cost() {
            return 2;
        }
    }

    record AnyAncestor(AncestorNumberReader reader, LongTest comparison, boolean wanted) implements Predicate {
        @Override
        public boolean test(Evaluation event) {
            for (int depth = 1; depth < TextPredicates.MAX_DEPTH; depth++) {
                long value = reader.read(event, depth);
                if (value == MISSING) {
                    return false;
                }
                if (comparison.test(value) == wanted) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public int cost() {
            return 40;
        }
    }
}
