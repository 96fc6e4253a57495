/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

/** A predicate that several rules share; it is tested at most once per event. */
record Memo(Predicate predicate, int place) implements Predicate {
    private static final int CHEAP = 3;

    /** The predicate itself where asking again costs no more than remembering. */
    static Predicate of(Predicate predicate, int place) {
        return predicate.cost() <= CHEAP ? predicate : new Memo(predicate, place);
    }

    @Override
    public boolean test(Evaluation event) {
        return event.remembered(place, predicate);
    }

    /** The first rule to ask pays, the others do not. */
    @Override
    public int cost() {
        return Math.max(CHEAP, predicate.cost() / 2);
    }
}
