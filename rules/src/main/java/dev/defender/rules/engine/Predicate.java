/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

/** A compiled condition. Immutable; all state of a test is in the {@link Evaluation}. */
public interface Predicate {
    boolean test(Evaluation event);

    /** Rough price of one test in the unit "compare a few bytes"; cheap tests are tried first. */
    int cost();
}
