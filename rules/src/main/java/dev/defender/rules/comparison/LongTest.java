/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

/** A test of one present number. */
@FunctionalInterface
public interface LongTest {
    boolean test(long value);
}
