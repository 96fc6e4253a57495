/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.defender.rules.source.Position;
import dev.defender.rules.source.PositionedException;
import dev.defender.rules.source.SourceText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The grammar, by example: what is written, and the canonical form of what was understood. */
class ConditionParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "a ~ a",
                "  a  ~ a",
                "a or b and not c ~ a or (b and (not c))",
                "a and b or c and d ~ (a and b) or (c and d)",
                "(a or b) and c ~ (a or b) and c",
                "not(a)and(b)or(c) ~ ((not a) and b) or c",
                "not not a ~ a",
                "not not not a ~ not a",
                "a and (b and c) ~ a and (b and c)",
                "((a)) ~ a",
                "android and orwell ~ android and orwell",
                "proc.name=cat ~ proc.name = \"cat\"",
                "proc.name==cat ~ proc.name = \"cat\"",
                "proc.name != cat ~ proc.name != \"cat\"",
                "fd.sport<=1024 ~ fd.sport <= 1024",
                "fd.sport > -1 ~ fd.sport > -1",
                "fd.sport>=0x1F ~ fd.sport >= 0x1F",
                "proc.duration < 1.5 ~ proc.duration < 1.5",
                "fd.name exists ~ fd.name exists",
                "not fd.name exists and a ~ (not fd.name exists) and a",
                "proc.name in (a,b , \"c d\") ~ proc.name in (\"a\", \"b\", \"c d\")",
                "proc.name in() ~ proc.name in ()",
                "proc.name in ( ) ~ proc.name in ()",
                "proc.name in some_list ~ proc.name in some_list",
                "fd.name pmatch (/etc, /var/*) ~ fd.name pmatch (\"/etc\", \"/var/*\")",
                "fd.net intersects (10.0.0.0/8) ~ fd.net intersects (\"10.0.0.0/8\")",
                "proc.aname[2] = x ~ proc.aname[\"2\"] = \"x\"",
                "container.mount.dest[/root*] exists ~ container.mount.dest[\"/root*\"] exists",
                "jevt.value[\"/a b\"] = 1 ~ jevt.value[\"/a b\"] = \"1\"",
                "proc.name = runc:[0:PARENT] ~ proc.name = \"runc:[0:PARENT]\"",
                "evt.res = <NA> ~ evt.res = \"<NA>\"",
                "fd.name glob /proc/*/environ ~ fd.name glob \"/proc/*/environ\"",
                "proc.args contains '-c \"x\"' ~ proc.args contains \"-c \\\"x\\\"\"",
                "proc.args contains \"it's\" ~ proc.args contains \"it's\"",
                "proc.args contains \"a\\\\b\\n\\t\\/\" ~ proc.args contains \"a\\\\b\\n\\t/\"",
                "proc.args contains \"a\\ b\" ~ proc.args contains \"a\\\\b\"",
                "proc.name startswith oneof (a, b) ~ proc.name startswith oneof (\"a\", \"b\")",
                "proc.name = anyof(a) ~ proc.name = anyof (\"a\")",
                "proc.name endswith allof () ~ proc.name endswith allof ()",
                "proc.name = anyof ~ proc.name = \"anyof\"",
                "tolower(proc.name) = x ~ tolower(proc.name) = \"x\"",
                "toupper( basename(proc.exepath) ) = X ~ toupper(basename(proc.exepath)) = \"X\"",
                "proc.name = val(proc.pname) ~ proc.name = val(proc.pname)",
                "proc.name = tolower(proc.aname[1]) ~ proc.name = tolower(proc.aname[\"1\"])",
                "len(proc.args) > 5 ~ len(proc.args) > 5",
                "join(\",\", proc.name) = x ~ join(\",\", proc.name) = \"x\"",
                "concat(proc.name, \"-\", proc.exe) = x ~ concat(proc.name, \"-\", proc.exe) = \"x\"",
                "getopt(proc.args, (\"a\", \"b\")) = x ~ getopt(proc.args, (\"a\", \"b\")) = \"x\"",
                "evt.buffer bcontains cafebabe ~ evt.buffer bcontains \"cafebabe\"",
                "proc.name regex \"[a-z]+\" ~ proc.name regex \"[a-z]+\"",
            })
    void understands(String written, String canonical) throws PositionedException {
        Condition parsed = ConditionParser.parse(source(written));
        assertThat(ConditionPrinter.print(parsed)).isEqualTo(canonical);
        Condition again = ConditionParser.parse(source(canonical));
        assertThat(ConditionPrinter.print(again)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "`` ~ 0 ~ a field, a macro or '('",
                "a and ~ 6 ~ a field, a macro or '('",
                "a and  (  ~ 9 ~ a field, a macro or '('",
                "(a ~ 3 ~ expected ')'",
                "a) ~ 2 ~ expected 'and', 'or' or the end of the condition, found ')'",
                "a b ~ 3 ~ expected 'and', 'or' or the end of the condition, found 'b'",
                "proc.name ~ 10 ~ expected an operator",
                "proc.name like x ~ 11 ~ expected an operator, found 'like'",
                "proc.name = ~ 12 ~ expected a value",
                "proc.name = (a) ~ 13 ~ expected a value, found '(a)'",
                "proc.name in a,b ~ 15 ~ expected 'and', 'or'",
                "proc.name in (a b) ~ 17 ~ expected ',' or ')'",
                "proc.name in (a, ~ 17 ~ expected a value in the list",
                "proc.name = \"a ~ 13 ~ never closed",
                "proc.name = \"a\\q\" ~ 15 ~ unknown escape",
                "proc.pid > x ~ 12 ~ expected a number",
                "proc.aname[] = x ~ 12 ~ expected an argument",
                "proc.aname[1 = x ~ 13 ~ expected ']'",
                "tolower(x) = y ~ 9 ~ wants a field",
                "tolower(proc.name = x ~ 19 ~ expected ',' or ')'",
                "a = b ~ 3 ~ expected 'and', 'or' or the end of the condition, found '='",
                "notx.y ~ 7 ~ expected an operator",
            })
    void saysWhatWasExpectedAndWhere(String written, int column, String message) {
        assertThatThrownBy(() -> ConditionParser.parse(source(written)))
                .isInstanceOfSatisfying(
                        PositionedException.class,
                        e -> assertThat(e.position())
                                .isEqualTo(
                                        column == 0 ? Position.of("test.yaml") : new Position("test.yaml", 1, column)))
                .hasMessageContaining(message);
    }

    private static SourceText source(String text) {
        return SourceText.verbatim(new Position("test.yaml", 1, 1), text);
    }
}
