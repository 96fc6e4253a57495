/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

/** A test of one present text. A class and not an interface because the JVM's first compiler calls those slowly. */
public abstract class TextTest {
    public abstract boolean test(TextValue value);

    /** Rough price of one test in the unit "compare a few bytes"; cheap tests are tried first. */
    public abstract int cost();
}
