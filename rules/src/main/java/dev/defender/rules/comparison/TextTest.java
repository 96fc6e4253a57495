/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import org.jspecify.annotations.Nullable;

/** A test of one present text. A class and not an interface because the JVM's first compiler calls those slowly. */
public abstract class TextTest {
    public abstract boolean test(TextValue value);

    /** Texts of which one must be there for the test to hold; null if the test is of another kind. */
    public @Nullable Literals literals() {
        return null;
    }

    /** Rough price of one test in the unit "compare a few bytes"; cheap tests are tried first. */
    public abstract int cost();
}
