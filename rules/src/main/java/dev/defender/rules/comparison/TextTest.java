/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

/** A test of one present text. */
public interface TextTest {
    boolean test(TextValue value);

    /** Rough price of one test in the unit "compare a few bytes"; cheap tests are tried first. */
    int cost();
}
