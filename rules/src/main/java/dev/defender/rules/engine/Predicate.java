/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

/**
 * A compiled condition. Immutable; all state of a test is in the {@link Evaluation}. A class and not an interface: code of the
 * JVM's first compiler finds an interface's method by search, which costs more than most tests.
 */
public abstract class Predicate {
    public abstract boolean test(Evaluation event);

    /** Rough price of one test in the unit "compare a few bytes"; cheap tests are tried first. */
    abstract int cost();
}
