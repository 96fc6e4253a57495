/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code and}, {@code or} and {@code not} over predicates, folded where an operand is constant, cheap operands first. */
final class Connective {
    private Connective() {}

    static Predicate and(List<Predicate> operands) {
        return join(operands, Constant.TRUE, Constant.FALSE);
    }

    static Predicate or(List<Predicate> operands) {
        return join(operands, Constant.FALSE, Constant.TRUE);
    }

    static Predicate not(Predicate operand) {
        if (operand instanceof Constant constant) {
            return Constant.of(constant == Constant.FALSE);
        }
        return operand instanceof Negation negation ? negation.operand : new Negation(operand);
    }

    /** Predicates have no side effects, so their order is free. */
    private static Predicate join(List<Predicate> operands, Constant neutral, Constant decisive) {
        List<Predicate> rest = new ArrayList<>();
        for (Predicate operand : operands) {
            if (operand == decisive) {
                return decisive;
            }
            if (operand != neutral) {
                rest.add(operand);
            }
        }
        if (rest.isEmpty()) {
            return neutral;
        }
        if (rest.size() == 1) {
            return rest.get(0);
        }
        rest.sort(Comparator.comparingInt(Predicate::cost));
        Predicate[] sorted = rest.toArray(Predicate[]::new);
        return neutral == Constant.TRUE ? new Conjunction(sorted) : new Disjunction(sorted);
    }

    private static int sum(Predicate[] operands) {
        int sum = 1;
        for (Predicate operand : operands) {
            sum += operand.cost();
        }
        return sum;
    }

    private static final class Conjunction extends Predicate {
        private final Predicate[] operands;

        Conjunction(Predicate[] operands) {
            this.operands = operands;
        }

        @Override
        public boolean test(Evaluation event) {
            for (Predicate operand : operands) {
                if (!operand.test(event)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        @Nullable
        Guard guard() {
            return Guard.rarest(operands);
        }

        @Override
        int cost() {
            return sum(operands);
        }
    }

    private static final class Disjunction extends Predicate {
        private final Predicate[] operands;

        Disjunction(Predicate[] operands) {
            this.operands = operands;
        }

        @Override
        public boolean test(Evaluation event) {
            for (Predicate operand : operands) {
                if (operand.test(event)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        @Nullable
        Guard guard() {
            return Guard.union(operands);
        }

        @Override
        int cost() {
            return sum(operands);
        }
    }

    private static final class Negation extends Predicate {
        private final Predicate operand;

        Negation(Predicate operand) {
            this.operand = operand;
        }

        @Override
        public boolean test(Evaluation event) {
            return !operand.test(event);
        }

        @Override
        int cost() {
            return operand.cost();
        }
    }
}
