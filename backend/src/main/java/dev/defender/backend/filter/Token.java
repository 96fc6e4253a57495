/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.filter;

import java.util.Locale;

/**
 * A piece of a filter.
 *
 * @param text for a quoted text the text without quotes and escapes
 * @param position of its first character
 */
record Token(Kind kind, String text, int position) {
    enum Kind {
        WORD,
        QUOTED,
        SYMBOL,
        OPEN,
        CLOSE,
        COMMA,
        END
    }

    boolean isWord(String keyword) {
        return kind == Kind.WORD && text.toLowerCase(Locale.ROOT).equals(keyword);
    }

    /** For messages. */
    String shown() {
        return kind == Kind.END ? "the end" : "\"" + text + "\"";
    }
}
