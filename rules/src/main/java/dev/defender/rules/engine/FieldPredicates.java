/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import static dev.defender.rules.field.FieldSource.MISSING;

import dev.defender.rules.condition.Operator;
import dev.defender.rules.field.Slice;
import java.util.Arrays;

/** Predicates that compare a field with a field ({@code val}, transformers on the right). Both values must be there. */
final class FieldPredicates {
    private FieldPredicates() {}

    /** {@code =} and {@code !=}. */
    static final class SameText extends Predicate {
        private final int left;
        private final int right;
        private final boolean wanted;

        SameText(int left, int right, boolean wanted) {
            this.left = left;
            this.right = right;
            this.wanted = wanted;
        }

        @Override
        public boolean test(Evaluation event) {
            TextSlot first = event.text(left);
            TextSlot second = event.text(right);
            return first.present(event)
                    && second.present(event)
                    && same(first.value().slice(), second.value().slice()) == wanted;
        }

        private static boolean same(Slice a, Slice b) {
            return Arrays.equals(
                    a.bytes(), a.offset(), a.offset() + a.length(), b.bytes(), b.offset(), b.offset() + b.length());
        }

        @Override
        int cost() {
            return 5;
        }
    }

    /** {@code = != < <= > >=}. */
    static final class Numbers extends Predicate {
        private final int left;
        private final Operator operator;
        private final int right;

        Numbers(int left, Operator operator, int right) {
            this.left = left;
            this.operator = operator;
            this.right = right;
        }

        @Override
        public boolean test(Evaluation event) {
            long first = event.number(left).value(event);
            long second = event.number(right).value(event);
            if (first == MISSING || second == MISSING) {
                return false;
            }
            return switch (operator) {
                case EQUAL -> first == second;
                case NOT_EQUAL -> first != second;
                case LESS -> first < second;
                case LESS_OR_EQUAL -> first <= second;
                case GREATER -> first > second;
                default -> first >= second;
            };
        }

        @Override
        int cost() {
            return 3;
        }
    }
}
