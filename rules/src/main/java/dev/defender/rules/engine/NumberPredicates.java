/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import static dev.defender.rules.field.FieldSource.MISSING;

import dev.defender.rules.catalogue.Access.AncestorNumberReader;
import dev.defender.rules.comparison.LongTest;
import org.jspecify.annotations.Nullable;

/** Predicates over numbers and flags. {@code wanted} false is {@code !=}. */
final class NumberPredicates {
    private NumberPredicates() {}

    static final class One extends Predicate {
        private final int slot;
        private final LongTest comparison;
        private final boolean wanted;

        One(int slot, LongTest comparison, boolean wanted) {
            this.slot = slot;
            this.comparison = comparison;
            this.wanted = wanted;
        }

        @Override
        public boolean test(Evaluation event) {
            long value = event.number(slot).value(event);
            return value != MISSING && comparison.test(value) == wanted;
        }

        @Override
        @Nullable
        Guard guard() {
            return wanted ? Guard.of(slot, comparison.values()) : null;
        }

        @Override
        int cost() {
            return 1;
        }
    }

    static final class Present extends Predicate {
        private final int slot;

        Present(int slot) {
            this.slot = slot;
        }

        @Override
        public boolean test(Evaluation event) {
            return event.number(slot).value(event) != MISSING;
        }

        @Override
        int cost() {
            return 1;
        }
    }

    /** Either end of a connection; {@code !=} wants both ends to differ. A listening socket has one end. */
    static final class EitherEnd extends Predicate {
        private final int client;
        private final int server;
        private final LongTest comparison;
        private final boolean wanted;

        EitherEnd(int client, int server, LongTest comparison, boolean wanted) {
            this.client = client;
            this.server = server;
            this.comparison = comparison;
            this.wanted = wanted;
        }

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
        @Nullable
        Guard guard() {
            Guard first = wanted ? Guard.of(client, comparison.values()) : null;
            Guard second = wanted ? Guard.of(server, comparison.values()) : null;
            return first == null || second == null ? null : first.or(second);
        }

        @Override
        int cost() {
            return 2;
        }
    }

    static final class AnyAncestor extends Predicate {
        private final AncestorNumberReader reader;
        private final LongTest comparison;
        private final boolean wanted;

        AnyAncestor(AncestorNumberReader reader, LongTest comparison, boolean wanted) {
            this.reader = reader;
            this.comparison = comparison;
            this.wanted = wanted;
        }

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
        int cost() {
            return 40;
        }
    }
}
