/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.identity;

import java.util.HashMap;
import java.util.Map;

/** JSON objects whose values are strings: all that enrolment needs, without a library's start-up. */
final class FlatJson {
    private static final int HEX = 16;

    private final String text;
    private int at;

    private FlatJson(String text) {
        this.text = text;
    }

    /** Writes {@code "name":"value"} pairs as an object. */
    static String write(String... namesAndValues) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            json.append(i == 0 ? "" : ",");
            quote(json, namesAndValues[i]).append(':');
            quote(json, namesAndValues[i + 1]);
        }
        return json.append('}').toString();
    }

    /**
     * The string members of an object; members with other values are passed over.
     *
     * @throws IllegalArgumentException if the text is no JSON object
     */
    static Map<String, String> read(String text) {
        return new FlatJson(text).object();
    }

    private Map<String, String> object() {
        Map<String, String> members = new HashMap<>();
        expect('{');
        if (peek() == '}') {
            return members;
        }
        do {
            String name = string();
            expect(':');
            if (peek() == '"') {
                members.put(name, string());
            } else {
                skipValue();
            }
        } while (accept(','));
        expect('}');
        return members;
    }

    private void skipValue() {
        int depth = 0;
        while (at < text.length()) {
            char c = peek();
            if (depth == 0 && (c == ',' || c == '}')) {
                return;
            }
            if (c == '"') {
                string();
                continue;
            }
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            at++;
        }
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        for (char c = take(); c != '"'; c = take()) {
            value.append(c == '\\' ? escaped() : c);
        }
        return value.toString();
    }

    private char escaped() {
        char c = take();
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                if (at + 4 > text.length()) {
                    throw bad();
                }
                at += 4;
                yield (char) Integer.parseInt(text, at - 4, at, HEX);
            }
            default -> c;
        };
    }

    private char take() {
        if (at >= text.length()) {
            throw bad();
        }
        return text.charAt(at++);
    }

    private char peek() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean accept(char c) {
        boolean found = peek() == c;
        at += found ? 1 : 0;
        return found;
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw bad();
        }
    }

    private IllegalArgumentException bad() {
        return new IllegalArgumentException("not a JSON object, at character " + at);
    }

    private static StringBuilder quote(StringBuilder json, String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u00").append(Character.forDigit(c >> 4, HEX)).append(Character.forDigit(c & 15, HEX));
            } else {
                json.append(c);
            }
        }
        return json.append('"');
    }
}
