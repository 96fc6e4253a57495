/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.filter;

import dev.defender.protocol.v1.ContextState;
import dev.defender.protocol.v1.RecordClass;
import dev.defender.protocol.v1.Severity;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a written value as its field's type. */
final class Values {
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,19}");

    /** PostgreSQL's timestamptz is narrower than Instant; nothing is stored outside this. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Values() {}

    static Value read(Field field, Token token) throws FilterException {
        Value value = switch (field.type()) {
            case TEXT -> new Value.Text(token.text());
            case INTEGER -> integer(token.text());
            case TIME -> time(token.text());
            case ADDRESS -> AddressLiteral.read(token.text());
            case RECORD_CLASS -> named(token.text(), "RECORD_CLASS_", RecordClass.values(), 0xffff);
            case CONTEXT -> named(token.text(), "CONTEXT_STATE_", ContextState.values(), 99);
            case SEVERITY -> named(token.text(), "SEVERITY_", Severity.values(), 99);
        };
        if (value == null) {
            throw new FilterException(
                    field.fieldName() + " takes " + field.type().description() + ", not " + token.shown(),
                    token.position());
        }
        return value;
    }

    private static Value.@Nullable Number integer(String text) {
        if (!INTEGER.matcher(text).matches()) {
            return null;
        }
        try {
            return new Value.Number(Long.parseLong(text));
        } catch (NumberFormatException tooLarge) {
            return null;
        }
    }

    private static Value.@Nullable Time time(String text) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? null : new Value.Time(time);
        } catch (DateTimeParseException notATime) {
            return null;
        }
    }

    private static <E extends Enum<E> & com.google.protobuf.ProtocolMessageEnum> Value.@Nullable Number named(
            String text, String prefix, E[] constants, int highest) {
        String wanted = prefix + text.toUpperCase(Locale.ROOT);
        Value.Number byName = Arrays.stream(constants)
                .filter(constant -> constant.name().equals(wanted))
                .map(constant -> new Value.Number(constant.getNumber()))
                .findFirst()
                .orElse(null);
        if (byName != null) {
            return byName;
        }
        Value.Number number = integer(text);
        return number != null && number.number() >= 0 && number.number() <= highest ? number : null;
    }
}
