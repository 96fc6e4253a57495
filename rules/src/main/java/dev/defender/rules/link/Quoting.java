/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.link;

/** Values as they must be written in a condition. */
final class Quoting {
    private static final String NOT_BARE = "()\"'=, \t\r\n\b";

    private Quoting() {}

    /** The value itself where the grammar takes it bare; a value that is quoted already stays as it is. */
    static String quoteIfNeeded(String value) {
        if (isQuoted(value) || (!value.isEmpty() && value.chars().noneMatch(c -> NOT_BARE.indexOf(c) >= 0))) {
            return value;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\b' -> quoted.append("\\b");
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static boolean isQuoted(String value) {
        if (value.length() < 2) {
            return false;
        }
        char first = value.charAt(0);
        return (first == '"' || first == '\'') && value.charAt(value.length() - 1) == first;
    }
}
