/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import dev.defender.rules.condition.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes number tests from operators and values. */
public final class LongTests {
    private LongTests() {}

    /** True for every number. */
    public static LongTest any() {
        return new Range(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** NOT_EQUAL gives the test of EQUAL: the caller negates. */
    public static LongTest of(Operator operator, long wanted) throws BadValueException {
        return switch (operator) {
            case EQUAL, NOT_EQUAL -> new Range(wanted, wanted);
            case LESS -> wanted == Long.MIN_VALUE ? new Range(1, 0) : new Range(Long.MIN_VALUE, wanted - 1);
            case LESS_OR_EQUAL -> new Range(Long.MIN_VALUE, wanted);
            case GREATER -> wanted == Long.MAX_VALUE ? new Range(1, 0) : new Range(wanted + 1, Long.MAX_VALUE);
            case GREATER_OR_EQUAL -> new Range(wanted, Long.MAX_VALUE);
            default -> throw new BadValueException("operator " + operator.symbol() + " is not for numbers");
        };
    }

    /** Membership. */
    public static LongTest in(List<Long> values) {
        return new OneOfNumbers(values.stream().mapToLong(Long::longValue).toArray());
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

    /** Every comparison with one number is a range; both ends belong to it. */
    private static final class Range extends LongTest {
        private final long least;
        private final long most;

        Range(long least, long most) {
            this.least = least;
            this.most = most;
        }

        @Override
        public boolean test(long value) {
            return value >= least && value <= most;
        }

        @Override
        public long @Nullable [] values() {
            return least == most ? new long[] {least} : null;
        }
    }

    /** Rule lists of numbers are short: a loop beats a search. */
    private static final class OneOfNumbers extends LongTest {
        private final long[] wanted;

        OneOfNumbers(long[] wanted) {
            this.wanted = wanted;
        }

        @Override
        public boolean test(long value) {
            for (long candidate : wanted) {
                if (candidate == value) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public long[] values() {
            return wanted.clone();
        }
    }
}
