/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.OffsetDateTime;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                  | TRUE | []",
                "node = a                            | (node = CAST(? AS text)) | [a]",
                "node=a                              | (node = CAST(? AS text)) | [a]",
                "pid >= 10                           | (pid >= CAST(? AS bigint)) | [10]",
                "node < 'b c'                        | (node COLLATE \"C\" < CAST(? AS text)) | [b c]",
                "process.name contains \"a\\\"b\"    | (strpos(process.name, CAST(? AS text)) > 0) | [a\"b]",
                "process.path startswith /usr/bin    | (starts_with(process.path, CAST(? AS text))) | [/usr/bin]",
                "class in (exec, OPEN, 7)            | (class = CAST(? AS bigint) OR class = CAST(? AS bigint) OR class = CAST(? AS bigint)) | [1, 7, 7]",
                "node != a                           | (NOT COALESCE((node = CAST(? AS text)), FALSE)) | [a]",
                "not node = a                        | (NOT COALESCE((node = CAST(? AS text)), FALSE)) | [a]",
                "dst.ip = 10.0.0.0/8                 | (dst.ip <<= CAST(? AS inet)) | [10.0.0.0/8]",
                "dst.ip in (::1, 10.1.2.3)           | (dst.ip = CAST(? AS inet) OR dst.ip = CAST(? AS inet)) | [0:0:0:0:0:0:0:1, 10.1.2.3]",
                "pid=1 and pid=2 or pid=3            | (((pid = CAST(? AS bigint)) AND (pid = CAST(? AS bigint))) OR (pid = CAST(? AS bigint))) | [1, 2, 3]",
                "pid=1 AND (pid=2 Or pid=3)          | ((pid = CAST(? AS bigint)) AND ((pid = CAST(? AS bigint)) OR (pid = CAST(? AS bigint)))) | [1, 2, 3]",
                "node = and                          | (node = CAST(? AS text)) | [and]",
                "node = '; DROP TABLE event; --'     | (node = CAST(? AS text)) | [; DROP TABLE event; --]",
                "pid = -5                            | (pid = CAST(? AS bigint)) | [-5]",
            })
    void compiles(String source, String sql, String parameters) throws FilterException {
        SqlCondition condition = SqlCompiler.compile(FilterParser.events(source), Field::fieldName);
        assertThat(condition.sql()).isEqualTo(sql);
        assertThat(condition.parameters().toString()).isEqualTo(parameters);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "proces.name = a        | 0  | did you mean process.name",
                "node                   | 4  | expected one of",
                "node =                 | 6  | expected a value of node",
                "node = a b             | 9  | expected and, or, or the end",
                "node ! a               | 5  | write != or not",
                "pid = ten              | 6  | pid takes a whole number",
                "pid = 9223372036854775808 | 6 | pid takes a whole number",
                "pid contains 1         | 4  | has no \"contains\"",
                "time > yesterday       | 7  | 2026-11-25T13:00:00Z",
                "time > +1000000000-01-01T00:00:00Z | 7 | time takes",
                "dst.ip = 10.0.0.0/33   | 9  | dst.ip takes an IP address",
                "dst.ip = 1             | 9  | dst.ip takes an IP address",
                "dst.ip = localhost     | 9  | dst.ip takes an IP address",
                "class = execute        | 8  | class takes a class name",
                "class = exec\u0131     | 8  | class takes a class name",
                "severity = high        | 0  | only alerts have the field severity",
                "node in a              | 8  | expected \"(\" after in",
                "node in ()             | 9  | expected a value of node",
                "node in (a             | 10 | expected \",\" or \")\"",
                "(node = a              | 9  | expected \")\"",
                "node = a)              | 8  | expected and, or, or the end",
                "node = 'a              | 7  | is not closed",
                "node = 'a\\q'          | 9  | unknown escape",
                "and node = a           | 0  | unknown field \"and\"",
                "\"node\" = a           | 0  | expected a field name",
                "not                    | 3  | expected a field name",
            })
    void says_what_is_wrong_and_where(String source, int position, String message) {
        FilterException e = catchThrowableOfType(FilterException.class, () -> FilterParser.events(source));
        assertThat(e).isNotNull().hasMessageContaining(message);
        assertThat(e.position()).isEqualTo(position);
    }

    @Test
    void alerts_have_more_fields_and_ordered_severities() throws FilterException {
        SqlCondition condition =
                SqlCompiler.compile(FilterParser.alerts("severity >= high and rule != x"), Field::fieldName);
        assertThat(condition.sql()).startsWith("((severity >= CAST(? AS bigint)) AND ");
        assertThat(condition.parameters()).isEqualTo(List.of(4L, "x"));
    }

    @Test
    void times_are_instants_with_an_offset() throws FilterException {
        SqlCondition condition =
                SqlCompiler.compile(FilterParser.events("time >= 2026-11-25T13:00:00+01:00"), Field::fieldName);
        assertThat(condition.parameters()).isEqualTo(List.of(OffsetDateTime.parse("2026-11-25T12:00:00Z")));
    }

    @Test
    void bounds_what_a_filter_can_cost() {
        assertRefused("x".repeat(5000), "4096");
        assertRefused("(".repeat(40) + "pid=1" + ")".repeat(40), "nested at most");
        assertRefused("not ".repeat(40) + "pid=1", "nested at most");
        assertRefused("pid in (1" + ",1".repeat(300) + ")", "at most 200 values");
        assertRefused("node = '\u0000'", "U+0000");
        assertRefused("node = '\ud800'", "well-formed");
    }

    private static void assertRefused(String source, String message) {
        assertThat(catchThrowableOfType(FilterException.class, () -> FilterParser.events(source)))
                .isNotNull()
                .hasMessageContaining(message);
    }

    @Property(tries = 2000)
    void never_fails_but_with_a_position_inside_the_filter(@ForAll("sources") String source) {
        try {
            SqlCompiler.compile(FilterParser.alerts(source), Field::fieldName);
        } catch (FilterException e) {
            assertThat(e.position()).isBetween(0, source.length());
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @Property(tries = 500)
    void a_value_is_a_parameter_whatever_stands_in_it(@ForAll String value) throws FilterException {
        String clean = value.codePoints()
                .filter(c -> c != 0 && (c < 0xd800 || c > 0xdfff))
                .limit(1000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        String quoted = '"' + clean.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        SqlCondition condition =
                SqlCompiler.compile(FilterParser.events("process.cmd_line = " + quoted), Field::fieldName);
        assertThat(condition.sql()).isEqualTo("(process.cmd_line = CAST(? AS text))");
        assertThat(condition.parameters()).isEqualTo(List.of(clean));
    }

    @Provide
    Arbitrary<String> sources() {
        Arbitrary<String> words = Arbitraries.of(
                "node",
                "pid",
                "dst.ip",
                "time",
                "severity",
                "=",
                "!=",
                "<",
                ">=",
                "!",
                "in",
                "contains",
                "startswith",
                "and",
                "or",
                "not",
                "(",
                ")",
                ",",
                "'",
                "\"",
                "\\",
                "1",
                "10.0.0.0/8",
                "2026-11-25T13:00:00Z",
                "high",
                "\u0000",
                "\ud800",
                "ü",
                ";--",
                "$1",
                "?");
        Arbitrary<String> grammar = words.list().ofMaxSize(15).map(list -> String.join(" ", list));
        return Arbitraries.oneOf(grammar, Arbitraries.strings().ofMaxLength(40));
    }
}
