/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import dev.defender.rules.condition.Operator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes text tests from operators and values. */
public final class TextTests {
    private TextTests() {}

    /**
     * The test of an operator of side TEXT with one value. NOT_EQUAL gives the test of EQUAL: the caller negates, because
     * negation must not turn a missing value into a match.
     */
    public static TextTest of(Operator operator, String value) throws BadValueException {
        byte[] bytes = bytes(value);
        return switch (operator) {
            case EQUAL, NOT_EQUAL -> new EqualTo(bytes);
            case STARTSWITH -> new StartsWith(bytes);
            case ENDSWITH -> new EndsWith(bytes);
            case CONTAINS -> new Contains(bytes, false);
            case ICONTAINS -> new Contains(bytes, true);
            case GLOB -> new Glob(bytes, false);
            case IGLOB -> new Glob(bytes, true);
            case REGEX -> new Regex(value);
            default -> throw new BadValueException("operator " + operator.symbol() + " is not evaluated yet");
        };
    }

    /** {@code in} and {@code intersects}: the whole text is one of the values. */
    public static TextTest in(List<String> values) {
        return new OneOf(values.stream().map(TextTests::bytes).toList());
    }

    /** {@code pmatch}: one of the values is a prefix of the text by path components. */
    public static TextTest pathPrefix(List<String> values) {
        return new PathPrefix(values.stream().map(TextTests::bytes).toList());
    }

    /** True if any (or, with {@code all}, every one) of the operator's tests is. */
    public static TextTest spread(Operator operator, List<String> values, boolean all) throws BadValueException {
        if (!all && (operator == Operator.STARTSWITH || operator == Operator.ENDSWITH)) {
            return new AnyAffix(values.stream().map(TextTests::bytes).toList(), operator == Operator.ENDSWITH);
        }
        if (!all && operator == Operator.EQUAL) {
            return in(values);
        }
        List<TextTest> tests = new ArrayList<>();
        for (String value : values) {
            tests.add(of(operator, value));
        }
        return new Spread(tests, all);
    }

    /** Each byte as one character: a key for bytes, not for reading. */
    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The bytes of such a key. */
    static byte[] bytesOf(String key) {
        return key.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
