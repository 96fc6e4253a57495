/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.defender.rules.field.EventType;
import dev.defender.rules.field.Field;
import dev.defender.rules.source.Diagnostic;
import dev.defender.rules.source.RuleLoadException;
import dev.defender.rules.source.RuleSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule files: what they may say, and what the author is told when something is wrong. */
class RuleLoadingTest {
    private static final String RULE = """
            - rule: r
              desc: d
              condition: %s
              output: o
              priority: INFO
            """;

    private static final MapSource BASH = new MapSource()
            .set(Field.PROC_NAME, "bash", "sshd")
            .set(Field.PROC_EXEPATH, "/usr/bin/bash")
            .set(Field.PROC_ARGS, "a b");

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "proc.nam = x ~ 3:14 ~ unknown field 'proc.nam'; did you mean proc.name",
                "a ~ 3:14 ~ undefined macro 'a'",
                "proc.name in shells ~ 3:27 ~ undefined list 'shells'",
                "proc.name > 1 ~ 3:14 ~ operator > does not fit proc.name, which is text",
                "proc.pid contains 1 ~ 3:14 ~ operator contains does not fit proc.pid, which is a number",
                "proc.pid startswith anyof (1) ~ 3:14 ~ does not fit",
                "proc.pid = one ~ 3:25 ~ 'one' is not an integer",
                "evt.is_open_read = maybe ~ 3:33 ~ neither true nor false",
                "fd.sip = localhost ~ 3:23 ~ not an IP address",
                "fd.snet = 10.0.0.0/33 ~ 3:24 ~ no prefix length",
                "fd.sip contains 1 ~ 3:14 ~ does not fit",
                "proc.name[1] = x ~ 3:14 ~ takes no argument",
                "proc.aname[x] = x ~ 3:14 ~ is a number from 0",
                "evt.type = exceve ~ 3:25 ~ unknown event type 'exceve'; did you mean execve",
                "proc.name regex 'a(' ~ 3:30 ~ bad regular expression",
                "proc.name bcontains 61 ~ 3:14 ~ does not fit",
                "b64(proc.args) = x ~ 3:14 ~ transformer b64 with these arguments is not evaluated yet",
                "proc.name startswith oneof (a) ~ 3:14 ~ oneof is not evaluated yet",
                "proc.name startswith val(proc.pname) ~ 3:14 ~ is not evaluated yet",
                "proc.name = ~ 3:25 ~ expected a value",
            })
    void refusesABadConditionWithItsPlace(String condition, String place, String message) {
        assertThat(errors(RULE.formatted(condition)))
                .singleElement()
                .satisfies(error -> assertThat(error.toString())
                        .startsWith("test.yaml:" + place + ": error: ")
                        .contains(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "- rule: r|  desc: d|  condition: evt.num = 0|  output: o ~ 1:3 ~ key 'priority' is missing",
                "- rule: r|  desc: d|  condition: evt.num = 0|  output: o|  priority: LOUD ~ 5:13 ~ unknown priority 'LOUD'",
                "- rule: r|  desc: d|  condition: evt.num = 0|  output: '%x.y'|  priority: INFO ~ 4:13 ~ no field follows this %",
                "- rule: r|  desc: d|  condition: evt.num = 0|  output: o|  priority: INFO|  x-severity: Loud ~ 6:15 ~ unknown severity",
                "- rule: r|  desc: d|  condition: evt.num = 0|  output: o|  priority: INFO|  enabled: yes ~ 6:12 ~ expected true or false",
                "- rule: r|  desc: d|  desc: e|  condition: evt.num = 0|  output: o|  priority: INFO ~ 3:3 ~ key 'desc' is given twice",
                "- rule: r|  condition: evt.num = 0|  append: true ~ 1:9 ~ rule 'r' is changed here but was not defined before",
                "- rule: r|  condition: evt.num = 0|  append: true|  override: {condition: append} ~ 3:11 ~ exclude each other",
                "- macro: m|  condition: m ~ 2:14 ~ macro 'm' refers to itself",
                "- macro: m|  condition: n|- macro: n|  condition: evt.num = 0 ~ 2:14 ~ a macro sees only those before it",
                "- list: l ~ 1:3 ~ key 'items' is missing",
                "- list: l|  items: x ~ 2:10 ~ expected a list",
                "- list: l|  items: [a]|  append: true ~ 1:9 ~ was not defined before",
                "- required_engine_version: 64 ~ 1:28 ~ these rules need engine version 64",
                "- required_engine_version: 1.0.0 ~ 1:28 ~ these rules need engine version 1.0.0",
                "- required_engine_version: new ~ 1:28 ~ is no version",
                "rule: r ~ 1:1 ~ a rule file is a list",
                "- [a] ~ 1:3 ~ expected keys and values",
                "- rule: [ ~ 2:1 ~ not valid YAML",
            })
    void refusesABadFileWithItsPlace(String lines, String place, String message) {
        assertThat(errors(lines.replace('|', '\n') + "\n"))
                .first()
                .satisfies(error -> assertThat(error.toString())
                        .startsWith("test.yaml:" + place + ": error: ")
                        .contains(message));
    }

    @Test
    void findsThePlaceInAFoldedConditionOfManyLines() {
        String yaml = """
                # a comment
                - macro: m
                  condition: >
                    evt.type = execve
                    and proc.name = x
                    and
                      proc.nme = y
                """ + RULE.formatted("m");
        assertThat(errors(yaml))
                .singleElement()
                .satisfies(error ->
                        assertThat(error.toString()).startsWith("test.yaml:7:7: error: unknown field 'proc.nme'"));
    }

    @Test
    void refusesMacrosThatGrowWithoutBound() {
        StringBuilder yaml = new StringBuilder("- macro: m0\n  condition: proc.name = x\n");
        for (int i = 1; i < 60; i++) {
            yaml.append("- macro: m%d\n  condition: m%d or m%d\n".formatted(i, i - 1, i - 1));
        }
        assertThat(errors(yaml.toString()))
                .first()
                .satisfies(error -> assertThat(error.message()).contains("more than 20000 checks"));
    }

    @Test
    void reportsEveryErrorOfEveryFile() {
        RuleLoadException refused = catchThrowableOfType(
                RuleLoadException.class,
                () -> RuleSet.of(
                        List.of(
                                new RuleSource("a.yaml", RULE.formatted("x")),
                                new RuleSource("b.yaml", "- rule: s\n" + "- list: l\n")),
                        Matching.ALL));
        assertThat(String.valueOf(refused.getMessage()).lines().toList())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("a.yaml:3:14"))
                .anyMatch(line -> line.startsWith("b.yaml:1:3"))
                .anyMatch(line -> line.startsWith("b.yaml:2:3"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "frobnicate: 1 ~ unknown key 'frobnicate' of a rule is ignored",
                "x-alert-typ: A.B ~ unknown key 'x-alert-typ' of a rule is ignored; did you mean x-alert-type?",
                "source: k8s_audit ~ is skipped: its source is 'k8s_audit'",
                "capture: true ~ has no effect",
                "- thing: 1 ~ unknown item with keys thing is ignored",
                "- required_plugin_versions: [{name: json, version: 0.1.0}] ~ plugin 'json' does not exist here",
                "- macro: m|  condition: evt.num = 0|  colour: red ~ unknown key 'colour' of a macro",
            })
    void warnsOfWhatItDoesNotUse(String added, String message) {
        String indented = added.startsWith("-") ? added : "  " + added;
        RuleSet set = Rules.load(RULE.formatted("evt.type = execve") + indented.replace('|', '\n') + "\n");
        assertThat(set.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.toString()).contains(message));
    }

    @Test
    void warnsOfRulesThatCannotMatchOrMatchTooMuch() {
        assertThat(Rules.of("evt.type = ptrace").warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message()).contains("can never match"));
        assertThat(Rules.of("proc.name = x").warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message()).contains("does not restrict evt.type"));
        assertThat(Rules.of("evt.type = execve and container.privileged = true or evt.type = openat")
                        .warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message()).contains("does not carry container.privileged"));
    }

    @Test
    void skipsARuleWithUnknownFieldIfItAsksForThat() {
        RuleSet set = Rules.load(RULE.formatted("ka.verb = get") + "  skip-if-unknown-filter: true\n");
        assertThat(set.rules()).isEmpty();
        assertThat(set.warnings()).hasSize(1);
    }

    @Test
    void substitutesListsAsText() {
        String lists = """
                - list: shells
                  items: [bash, sh]
                - list: none
                  items: []
                - list: all
                  items: [shells, "with blank", zsh]
                """;
        assertThat(matches(lists, "proc.name in (shells)")).isTrue();
        assertThat(matches(lists, "proc.name in shells")).isTrue();
        assertThat(matches(lists, "proc.name in (all)")).isTrue();
        assertThat(matches(lists, "proc.name in (none, shells)")).isTrue();
        assertThat(matches(lists, "proc.name in (shells, none)")).isTrue();
        assertThat(matches(lists, "proc.name in (x, none, shells)")).isTrue();
        assertThat(matches(lists, "proc.name in (none)")).isFalse();
        assertThat(matches(lists, "proc.name = \"shells\"")).isFalse();
        assertThat(matches(lists, "proc.name startswith anyof (none, shells)")).isTrue();
    }

    @Test
    void changesEarlierDefinitions() {
        String base = """
                - list: l
                  items: [x]
                - macro: m
                  condition: proc.name in (l)
                """ + RULE.formatted("evt.type = execve and m");
        assertThat(matching(base)).isEmpty();
        assertThat(matching(base + "- list: l\n  items: [bash]\n  append: true\n"))
                .hasSize(1);
        assertThat(matching(base + "- list: l\n  items: [bash]\n  override: {items: append}\n"))
                .hasSize(1);
        assertThat(matching(base + "- list: l\n  items: [bash]\n")).hasSize(1);
        assertThat(matching(base + "- macro: m\n  condition: or proc.name = bash\n  append: true\n"))
                .hasSize(1);
        assertThat(matching(base + "- macro: m\n  condition: proc.name = bash\n  override: {condition: replace}\n"))
                .hasSize(1);
        assertThat(matching(base + "- rule: r\n  condition: or proc.name = bash\n  append: true\n"))
                .hasSize(1);
        assertThat(matching(base + "- rule: r\n  condition: or proc.name = bash\n  override: {condition: append}\n"))
                .hasSize(1);
        assertThat(matching(base + "- list: l\n  items: [bash]\n- rule: r\n  enabled: false\n"))
                .isEmpty();
        assertThat(errors(base + "- rule: r\n  priority: INFO\n  desc: x\n  override: {desc: append}\n"))
                .singleElement()
                .satisfies(error -> assertThat(error.message()).contains("'override' does not name it"));
    }

    @Test
    void appliesExceptions() {
        String exceptions = """
                  exceptions:
                    - name: parents
                      fields: [proc.pname, proc.exepath]
                      comps: [in, startswith]
                      values:
                        - [[cron, sshd], /usr/]
                        - [init, /opt/]
                """;
        String rule = RULE.formatted("evt.type = execve and proc.name = bash");
        assertThat(matching(rule)).hasSize(1);
        assertThat(matching(rule + exceptions)).isEmpty();
        assertThat(matching(rule + exceptions.replace("sshd", "atd"))).hasSize(1);
        assertThat(matching(rule + "  exceptions:\n    - {name: e, fields: proc.pname, values: [cron, sshd]}\n"))
                .isEmpty();
        assertThat(matching(rule + "  exceptions:\n    - {name: e, fields: [proc.pname], values: [[sshd]]}\n"))
                .isEmpty();
        String empty = rule + "  exceptions:\n    - {name: e, fields: [proc.pname]}\n";
        assertThat(matching(empty)).hasSize(1);
        assertThat(matching(empty + "- rule: r\n  append: true\n  exceptions:\n    - {name: e, values: [[sshd]]}\n"))
                .isEmpty();
        assertThat(errors(rule + "  exceptions:\n    - {name: e, fields: [proc.pname], values: [[a, b]]}\n"))
                .singleElement()
                .satisfies(error -> assertThat(error.message()).contains("has 1 fields, this row 2"));
    }

    @Test
    void readsWhatARuleSaysOfItself() {
        Rule plain = Rules.load(RULE.formatted("evt.type = execve")).rules().get(0);
        assertThat(plain.alertType()).isEqualTo("DFD.r");
        assertThat(plain.severity()).isEqualTo(Severity.INFORMATIONAL);
        Rule full =
                Rules.load(RULE.formatted("evt.type = execve") + """
                          tags: [a, T1059]
                          x-alert-type: K8S.NODE_EICAR
                          x-severity: high
                          x-dedup: [proc.name]
                        """).rules().get(0);
        assertThat(full.alertType()).isEqualTo("K8S.NODE_EICAR");
        assertThat(full.severity()).isEqualTo(Severity.HIGH);
        assertThat(full.tags()).containsExactly("a", "T1059");
        assertThat(full.dedupFields()).containsExactly("proc.name");
    }

    private static boolean matches(String lists, String condition) {
        return !matching(lists + RULE.formatted("'evt.type = execve and " + condition + "'"))
                .isEmpty();
    }

    private static List<String> matching(String yaml) {
        return Rules.matching(Rules.load(yaml), EventType.EXECVE, BASH);
    }

    private static List<Diagnostic> errors(String yaml) {
        RuleLoadException refused = catchThrowableOfType(
                RuleLoadException.class, () -> RuleSet.of(List.of(new RuleSource("test.yaml", yaml)), Matching.ALL));
        assertThat(refused).as("is refused").isNotNull();
        return refused.diagnostics().stream().filter(Diagnostic::error).toList();
    }
}
