/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

/** What folding leaves of a condition that does not depend on the event. */
enum Constant implements Predicate {
    TRUE,
    FALSE;

    static Constant of(boolean value) {
        return value ? TRUE : FALSE;
    }

    @Override
    public boolean test(Evaluation event) {
        return this == TRUE;
    }

    @Override
    public int cost() {
        return 0;
    }
}
