/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.bundle;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Pulls values out of a JSON text (RFC 8259, UTF-8) without building a tree: the sensor wants a handful of strings of a file,
 * and a library for that would cost it more memory than all the files. What is skipped is checked for its structure only.
 */
final class JsonReader {
    private static final int MOST_DEPTH = 128;

    private final byte[] text;
    private int at;
    private boolean first;

    JsonReader(byte[] text) {
        this.text = text;
    }

    /** Enters an object; then {@link #nextName} until it is null. */
    void beginObject() throws MalformedJsonException {
        expect('{');
        first = true;
    }

    /**
     * Name of the object's next member, whose value is to be taken or skipped next; null at the end, which leaves the object.
     */
    @Nullable
    String nextName() throws MalformedJsonException {
        int next = peek();
        if (next == '}') {
            at++;
            first = false;
            return null;
        }
        if (!first) {
            expect(',');
        }
        first = false;
        String name = string();
        expect(':');
        return name;
    }

    boolean isObject() throws MalformedJsonException {
        return peek() == '{';
    }

    boolean isString() throws MalformedJsonException {
        return peek() == '"';
    }

    /** Takes a string. */
    String string() throws MalformedJsonException {
        expect('"');
        int start = at;
        while (byteAt() != '"') {
            if (text[at] == '\\') {
                return escaped(start);
            }
            at++;
        }
        String value = new String(text, start, at - start, StandardCharsets.UTF_8);
        at++;
        return value;
    }

    private String escaped(int start) throws MalformedJsonException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(text, start, at - start);
        while (byteAt() != '"') {
            byte next = text[at++];
            if (next == '\\') {
                escape(out);
            } else {
                out.write(next);
            }
        }
        at++;
        return out.toString(StandardCharsets.UTF_8);
    }

    private void escape(ByteArrayOutputStream out) throws MalformedJsonException {
        int what = byteAt();
        at++;
        switch (what) {
            case '"', '\\', '/' -> out.write(what);
            case 'b' -> out.write('\b');
            case 'f' -> out.write('\f');
            case 'n' -> out.write('\n');
            case 'r' -> out.write('\r');
            case 't' -> out.write('\t');
            case 'u' -> out.writeBytes(codePoint().getBytes(StandardCharsets.UTF_8));
            default -> throw new MalformedJsonException("no escape", at - 1);
        }
    }

    /** One character, of one escape or of a pair of surrogates; half a pair becomes a question mark. */
    private String codePoint() throws MalformedJsonException {
        char unit = hex();
        if (Character.isHighSurrogate(unit) && at + 1 < text.length && text[at] == '\\' && text[at + 1] == 'u') {
            at += 2;
            return new String(new char[] {unit, hex()});
        }
        return String.valueOf(unit);
    }

    private char hex() throws MalformedJsonException {
        int value = 0;
        for (int i = 0; i < 4; i++, at++) {
            int digit = Character.digit(byteAt(), 16);
            if (digit < 0) {
                throw new MalformedJsonException("no hexadecimal digit", at);
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    /** Passes over a value of any kind. */
    void skip() throws MalformedJsonException {
        int depth = 0;
        do {
            int next = peek();
            switch (next) {
                case '"' -> string();
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                case ',', ':' -> at++;
                default -> literal();
            }
            if (depth < 0 || depth > MOST_DEPTH) {
                throw new MalformedJsonException("a value that does not end or nests too deep", at);
            }
        } while (depth > 0);
    }

    /** A number, true, false or null. */
    private void literal() throws MalformedJsonException {
        int start = at;
        while (at < text.length && (Character.isLetterOrDigit(text[at]) || "+-.".indexOf(text[at]) >= 0)) {
            at++;
        }
        if (at == start) {
            throw new MalformedJsonException("no value", at);
        }
    }

    private void expect(char wanted) throws MalformedJsonException {
        if (peek() != wanted) {
            throw new MalformedJsonException("expected '" + wanted + "'", at);
        }
        at++;
    }

    /** The next byte that is no white space. */
    private int peek() throws MalformedJsonException {
        while (at < text.length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r')) {
            at++;
        }
        return byteAt();
    }

    private int byteAt() throws MalformedJsonException {
        if (at >= text.length) {
            throw new MalformedJsonException("the text ends", at);
        }
        return text[at];
    }
}
