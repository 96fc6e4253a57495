/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.condition;

import java.util.Locale;

/** Spreads a text operator over a list. */
public enum Modifier {
    ONEOF,
    ANYOF,
    ALLOF;

    /** As it is written. */
    public String symbol() {
        return name().toLowerCase(Locale.ROOT);
    }
}
