/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.defender.rules.field.Slice;
import java.util.Arrays;

/**
 * {@code regex}: RE2 syntax, anchored at both ends, linear time. The one test that allocates. Falco compiles with POSIX syntax;
 * this also takes what POSIX lacks, such as {@code \d}.
 */
final class Regex extends TextTest {
    private final Pattern pattern;

    Regex(String expression) throws BadValueException {
        try {
            pattern = Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new BadValueException("bad regular expression: " + e.getDescription() + " in " + e.getPattern());
        }
    }

    @Override
    public boolean test(TextValue value) {
        Slice slice = value.slice();
        byte[] copy = Arrays.copyOfRange(slice.bytes(), slice.offset(), slice.offset() + slice.length());
        return pattern.matcher(copy).matches();
    }

    @Override
    public int cost() {
        return 500;
    }
}
