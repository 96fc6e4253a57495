/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

/** What folding leaves of a condition that does not depend on the event. */
final class Constant extends Predicate {
    static final Constant TRUE = new Constant(true);
    static final Constant FALSE = new Constant(false);

    private final boolean value;

    private Constant(boolean value) {
        this.value = value;
    }

    static Constant of(boolean value) {
        return value ? TRUE : FALSE;
    }

    @Override
    public boolean test(Evaluation event) {
        return value;
    }

    @Override
    int cost() {
        return 0;
    }
}
