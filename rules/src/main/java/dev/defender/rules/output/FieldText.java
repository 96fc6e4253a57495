/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.output;

import dev.defender.rules.catalogue.Access;
import dev.defender.rules.catalogue.AddressText;
import dev.defender.rules.catalogue.FieldType;
import dev.defender.rules.catalogue.Occurrence;
import dev.defender.rules.engine.ResolvedOperand;
import dev.defender.rules.field.FieldSource;
import dev.defender.rules.field.Slice;

/** The value of a field as people read it. */
final class FieldText {
    static final String MISSING = "<NA>";
    private static final int MAX_DEPTH = 64;

    private FieldText() {}

    static String of(ResolvedOperand field, Occurrence event) {
        Slice slice = new Slice();
        return switch (field.access()) {
            case Access.NotCarried nothing -> MISSING;
            case Access.EventTypeName name -> event.type().falcoName();
            case Access.Text text -> text.reader().read(event, slice) ? text(field.type(), slice) : MISSING;
            case Access.Number number -> number(field.type(), number.reader().read(event));
            case Access.AncestorText ancestors -> ancestors(ancestors, event);
            case Access.AncestorNumber ancestors ->
                number(field.type(), ancestors.reader().read(event, 1));
            case Access.EndAddress end ->
                end.client().read(event, slice) || end.server().read(event, slice) ? AddressText.of(slice) : MISSING;
            case Access.EndPort end -> {
                long client = end.client().read(event);
                yield number(
                        field.type(),
                        client == FieldSource.MISSING ? end.server().read(event) : client);
            }
        };
    }

    private static String text(FieldType type, Slice slice) {
        return type == FieldType.TEXT ? printable(slice.toString()) : AddressText.of(slice);
    }

    private static String number(FieldType type, long value) {
        if (value == FieldSource.MISSING) {
            return MISSING;
        }
        return type == FieldType.FLAG ? String.valueOf(value != 0) : String.valueOf(value);
    }

    /** All ancestors, the parent first. */
    private static String ancestors(Access.AncestorText ancestors, Occurrence event) {
        StringBuilder line = new StringBuilder();
        Slice slice = new Slice();
        for (int depth = 1; depth < MAX_DEPTH && ancestors.reader().read(event, depth, slice); depth++) {
            line.append(depth == 1 ? "" : " <- ").append(printable(slice.toString()));
        }
        return line.isEmpty() ? MISSING : line.toString();
    }

    /** Without control characters: a process may choose its name, and must not forge lines in a log with it. */
    private static String printable(String text) {
        return text.chars().noneMatch(Character::isISOControl)
                ? text
                : text.codePoints()
                        .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }
}
