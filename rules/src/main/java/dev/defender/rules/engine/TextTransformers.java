/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import static dev.defender.rules.field.FieldSource.MISSING;

import dev.defender.rules.catalogue.NumberReader;
import dev.defender.rules.catalogue.TextReader;
import dev.defender.rules.field.Slice;

/** Transformers as readers around readers. A missing value stays missing. */
final class TextTransformers {
    private static final int CASE = 'a' - 'A';

    private TextTransformers() {}

    static TextReader lower(TextReader inner) {
        return (event, into) -> inner.read(event, into) && shiftCase(into, 'A', 'Z', CASE);
    }

    static TextReader upper(TextReader inner) {
        return (event, into) -> inner.read(event, into) && shiftCase(into, 'a', 'z', -CASE);
    }

    static TextReader baseName(TextReader inner) {
        return (event, into) -> {
            if (!inner.read(event, into)) {
                return false;
            }
            int start = into.length();
            while (start > 0 && into.at(start - 1) != '/') {
                start--;
            }
            into.wrap(into.bytes(), into.offset() + start, into.length() - start);
            return true;
        };
    }

    static NumberReader length(TextReader inner) {
        return event -> inner.read(event, event.measured()) ? event.measured().length() : MISSING;
    }

    private static boolean shiftCase(Slice into, char first, char last, int shift) {
        byte[] bytes = into.bytes();
        int offset = into.offset();
        int length = into.length();
        byte[] room = into.room(length);
        for (int i = 0; i < length; i++) {
            byte b = bytes[offset + i];
            room[i] = b >= first && b <= last ? (byte) (b + shift) : b;
        }
        return true;
    }
}
