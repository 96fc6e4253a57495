/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import org.jspecify.annotations.Nullable;

/** A predicate that several rules share; it is tested at most once per event. */
final class Memo extends Predicate {
    private final Predicate predicate;
    private final int place;

    Memo(Predicate predicate, int place) {
        this.predicate = predicate;
        this.place = place;
    }

    private static final int CHEAP = 3;

    /** The predicate itself where asking again costs no more than remembering. */
    static Predicate of(Predicate predicate, int place) {
        return predicate.cost() <= CHEAP ? predicate : new Memo(predicate, place);
    }

    @Override
    public boolean test(Evaluation event) {
        return event.remembered(place, predicate);
    }

    @Override
    @Nullable
    Guard guard() {
        return predicate.guard();
    }

    /** The first rule to ask pays, the others do not. */
    @Override
    int cost() {
        return Math.max(CHEAP, predicate.cost() / 2);
    }
}
