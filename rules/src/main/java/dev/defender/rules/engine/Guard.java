/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import dev.defender.rules.comparison.Literals;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cheap condition that is necessary for a predicate: unless one of the keys is found in the event, the predicate is false.
 *
 * @param keys any of them; of none the predicate is never true
 */
record Guard(List<Key> keys) {
    private static final int LONG_ENOUGH = 4;

    /** What to look for. */
    sealed interface Key {
        /** How often it is found where nothing is meant, by rule of thumb: small is rare. */
        int commonness();
    }

    record TextKey(int slot, Literals literals) implements Key {
        @Override
        public int commonness() {
            boolean rare = literals.shortest() >= LONG_ENOUGH;
            return switch (literals.place()) {
                case WHOLE -> 1;
                case START, END -> rare ? 2 : 5;
                case INSIDE -> rare ? 4 : 8;
            };
        }
    }

    record NumberKey(int slot, long value) implements Key {
        /** Numbers that are 0 or 1 are flags most often. */
        @Override
        public int commonness() {
            return value == 0 || value == 1 ? 6 : 2;
        }
    }

    Guard {
        keys = List.copyOf(keys);
    }

    static Guard of(int slot, Literals literals) {
        return new Guard(List.of(new TextKey(slot, literals)));
    }

    /** Null if the test is not for a few numbers. */
    static @Nullable Guard of(int slot, long @Nullable [] values) {
        if (values == null) {
            return null;
        }
        List<Key> keys = new ArrayList<>();
        for (long value : values) {
            keys.add(new NumberKey(slot, value));
        }
        return new Guard(keys);
    }

    /** Of a conjunction: the rarest of its operands' is necessary too. */
    static @Nullable Guard rarest(Predicate[] operands) {
        Guard best = null;
        for (Predicate operand : operands) {
            Guard guard = operand.guard();
            if (guard != null && (best == null || guard.commonness() < best.commonness())) {
                best = guard;
            }
        }
        return best;
    }

    /** Of a disjunction: the keys of all its operands together, if each has some. */
    static @Nullable Guard union(Predicate[] operands) {
        List<Key> keys = new ArrayList<>();
        for (Predicate operand : operands) {
            Guard guard = operand.guard();
            if (guard == null) {
                return null;
            }
            keys.addAll(guard.keys);
        }
        return new Guard(keys);
    }

    /** Either is found. */
    Guard or(Guard other) {
        List<Key> both = new ArrayList<>(keys);
        both.addAll(other.keys);
        return new Guard(both);
    }

    private int commonness() {
        return keys.stream().mapToInt(Key::commonness).max().orElse(0);
    }
}
