/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.rules.EvaluationPropertyTest.Event;
import dev.defender.rules.condition.Condition;
import dev.defender.rules.condition.ConditionPrinter;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the other rules of a set are, each matches exactly where it would if every rule were tested on every event. */
class RuleIndexPropertyTest {
    private final EvaluationPropertyTest arbitraries = new EvaluationPropertyTest();

    @Property(tries = 200)
    void theIndexLosesNoRuleAndKeepsTheirOrder(
            @ForAll("ruleSets") List<Condition> conditions, @ForAll("events") List<Event> events) {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < conditions.size(); i++) {
            yaml.append("- rule: r").append(i).append("\n  desc: d\n  output: o\n  priority: INFO\n  condition: '");
            yaml.append(ConditionPrinter.print(conditions.get(i)).replace("'", "''"))
                    .append("'\n");
        }
        RuleMatcher matcher = new RuleMatcher(new RuleSetReference(Rules.load(yaml.toString())));
        for (Event event : events) {
            NaiveInterpreter everyRule = new NaiveInterpreter(event.fields());
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < conditions.size(); i++) {
                if (everyRule.holds(conditions.get(i))) {
                    expected.add("r" + i);
                }
            }
            List<String> matched = new ArrayList<>();
            matcher.match(
                    event.type(),
                    event.source(),
                    match -> matched.add(match.rule().name()));
            assertThat(matched)
                    .as("%s on %s %s", yaml, event.type(), event.source())
                    .isEqualTo(expected);
        }
    }

    /** More than 64 at times: a set of candidates then takes two words. */
    @Provide
    Arbitrary<List<Condition>> ruleSets() {
        return arbitraries.conditions().list().ofMinSize(2).ofMaxSize(90);
    }

    @Provide
    Arbitrary<List<Event>> events() {
        return arbitraries.events();
    }
}
