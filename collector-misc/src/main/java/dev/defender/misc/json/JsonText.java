/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.json;

/** JSON strings and what they say. */
public final class JsonText {
    private static final int HEX = 16;

    private JsonText() {}

    /** What a string says.
     *
     * @param quoted with its quotation marks
     */
    static String unquote(String quoted) {
        if (quoted.indexOf('\\') < 0) {
            return quoted.substring(1, quoted.length() - 1);
        }
        StringBuilder text = new StringBuilder(quoted.length());
        int end = quoted.length() - 1;
        for (int i = 1; i < end; i++) {
            char c = quoted.charAt(i);
            if (c != '\\' || i + 1 >= end) {
                text.append(c);
                continue;
            }
            char escape = quoted.charAt(++i);
            switch (escape) {
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'u' -> {
                    text.append(i + 4 < quoted.length() ? hex(quoted, i + 1) : '\uFFFD');
                    i += 4;
                }
                default -> text.append(escape);
            }
        }
        return text.toString();
    }

    /** Writes {@code text} as a JSON string. */
    public static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u00").append(Character.forDigit(c >> 4, HEX)).append(Character.forDigit(c & 15, HEX));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    private static char hex(String text, int at) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(text.charAt(i), HEX);
            if (digit < 0) {
                return '\uFFFD';
            }
            value = value * HEX + digit;
        }
        return (char) value;
    }
}
