/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.defender.rules.field.EventType;
import dev.defender.rules.field.Field;
import dev.defender.rules.source.RuleLoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changing the rule set in force. */
class RuleSetReferenceTest {
    private static final String RULE =
            "- rule: %s\n  desc: d\n  condition: evt.type = execve and proc.name = %s\n  output: o\n  priority: INFO\n";

    @TempDir
    Path directory;

    @Test
    void turnsToANewSetWithTheNextEvent() throws Exception {
        write("a.yaml", RULE.formatted("one", "x"));
        RuleSetReference reference = new RuleSetReference(RuleSet.load(List.of(directory), Matching.ALL));
        RuleMatcher matcher = new RuleMatcher(reference);
        assertThat(names(matcher)).containsExactly("one");

        write("b.yml", RULE.formatted("two", "x"));
        reference.reload(List.of(directory), Matching.ALL);
        assertThat(names(matcher)).containsExactly("one", "two");

        reference.reload(List.of(directory), Matching.FIRST);
        assertThat(names(matcher)).containsExactly("one");
    }

    @Test
    void keepsTheOldSetIfTheNewOneIsBad() throws Exception {
        write("a.yaml", RULE.formatted("one", "x"));
        RuleSetReference reference = new RuleSetReference(RuleSet.load(List.of(directory), Matching.ALL));
        String hash = reference.current().hash();

        write("a.yaml", RULE.formatted("one", "x") + RULE.formatted("two", "\"x"));
        assertThatThrownBy(() -> reference.reload(List.of(directory), Matching.ALL))
                .isInstanceOf(RuleLoadException.class)
                .hasMessageStartingWith(directory.resolve("a.yaml") + ":8:")
                .hasMessageContaining("never closed");
        assertThat(reference.current().hash()).isEqualTo(hash);
        assertThat(names(new RuleMatcher(reference))).containsExactly("one");
    }

    @Test
    void saysWhichFileCannotBeRead() {
        assertThatThrownBy(() -> RuleSet.load(List.of(directory.resolve("none.yaml")), Matching.ALL))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none.yaml");
    }

    @Test
    void hashesWhatTheRulesDoAndNotHowTheyAreWritten() {
        String plain = hash(RULE.formatted("r", "x"));
        assertThat(hash("# comment\n" + RULE.formatted("r", "'x'").replace(" and ", "   and  ")))
                .isEqualTo(plain);
        assertThat(hash("- macro: unused\n  condition: evt.num = 0\n" + RULE.formatted("r", "x")))
                .isEqualTo(plain);
        assertThat(hash(RULE.formatted("r", "y"))).isNotEqualTo(plain);
        assertThat(hash(RULE.formatted("r", "x").replace("INFO", "ERROR"))).isNotEqualTo(plain);
        assertThat(hash(RULE.formatted("r", "x") + "  x-severity: High\n")).isNotEqualTo(plain);
        assertThat(plain).matches("[0-9a-f]{64}");
    }

    private static String hash(String yaml) {
        return Rules.load(yaml).hash();
    }

    private static List<String> names(RuleMatcher matcher) {
        List<String> names = new ArrayList<>();
        matcher.match(
                EventType.EXECVE,
                new MapSource().set(Field.PROC_NAME, "x"),
                match -> names.add(match.rule().name()));
        return names;
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
    }
}
