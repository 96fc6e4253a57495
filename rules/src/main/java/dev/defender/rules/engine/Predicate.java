/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import org.jspecify.annotations.Nullable;

/**
 * A compiled condition. Immutable; all state of a test is in the {@link Evaluation}. A class and not an interface: code of the
 * JVM's first compiler finds an interface's method by search, which costs more than most tests.
 */
public abstract class Predicate {
    public abstract boolean test(Evaluation event);

    /** What must be found in the event for the predicate to be true; null if nothing cheap is known. */
    @Nullable
    Guard guard() {
        return null;
    }

    /** Rough price of one test in the unit "compare a few bytes"; cheap tests are tried first. */
    abstract int cost();
}
