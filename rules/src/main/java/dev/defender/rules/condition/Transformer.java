/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.condition;

import java.util.Locale;

/** Functions of fields; {@link #VAL} makes a field stand on the right side as it is. */
public enum Transformer {
    VAL,
    TOLOWER,
    TOUPPER,
    B64,
    BASENAME,
    LEN,
    JOIN,
    CONCAT,
    GETOPT;

    /** As it is written, without the parenthesis. */
    public String symbol() {
        return name().toLowerCase(Locale.ROOT);
    }
}
