/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import dev.defender.rules.condition.Operator;
import java.util.List;

/** Makes number tests from operators and values. */
public final class LongTests {
    private LongTests() {}

    /** NOT_EQUAL gives the test of EQUAL: the caller negates. */
    public static LongTest of(Operator operator, long wanted) throws BadValueException {
        return switch (operator) {
            case EQUAL, NOT_EQUAL -> value -> value == wanted;
            case LESS -> value -> value < wanted;
            case LESS_OR_EQUAL -> value -> value <= wanted;
            case GREATER -> value -> value > wanted;
            case GREATER_OR_EQUAL -> value -> value >= wanted;
            default -> throw new BadValueException("operator " + operator.symbol() + " is not for numbers");
        };
    }

    /** Membership; rule lists of numbers are short. */
    public static LongTest in(List<Long> values) {
        long[] wanted = values.stream().mapToLong(Long::longValue).toArray();
        return value -> {
            for (long candidate : wanted) {
                if (candidate == value) {
                    return true;
                }
            }
            return false;
        };
    }

    /** Decimal or hexadecimal integer. */
    public static long parse(String text) throws BadValueException {
        try {
            return Long.decode(
                    text.startsWith("0") && !text.startsWith("0x") && !text.startsWith("0X")
                            ? text.replaceFirst("^0+(?=.)", "")
                            : text);
        } catch (NumberFormatException e) {
            throw new BadValueException("'" + text + "' is not an integer");
        }
    }

    /** {@code true}, {@code false}, {@code 1} or {@code 0}. */
    public static long parseFlag(String text) throws BadValueException {
        return switch (text) {
            case "true", "1" -> 1;
            case "false", "0" -> 0;
            default -> throw new BadValueException("'" + text + "' is neither true nor false");
        };
    }
}
