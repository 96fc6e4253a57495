/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

import dev.defender.rules.field.EventType;
import dev.defender.rules.field.FieldSource;
import dev.defender.rules.source.RuleLoadException;
import dev.defender.rules.source.RuleSource;
import java.util.ArrayList;
import java.util.List;

/** Rule sets of a few lines, for tests. */
final class Rules {
    private Rules() {}

    /** One rule "r" with that condition. */
    static RuleSet of(String condition) {
        return load("""
                - rule: r
                  desc: d
                  condition: >
                    %s
                  output: o
                  priority: INFO
                """.formatted(condition));
    }

    static RuleSet load(String yaml) {
        try {
            return RuleSet.of(List.of(new RuleSource("test.yaml", yaml)), Matching.ALL);
        } catch (RuleLoadException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    static boolean matches(String condition, EventType type, FieldSource source) {
        return !matching(of(condition), type, source).isEmpty();
    }

    /** Names of the rules that match. */
    static List<String> matching(RuleSet set, EventType type, FieldSource source) {
        List<String> names = new ArrayList<>();
        new RuleMatcher(new RuleSetReference(set))
                .match(type, source, match -> names.add(match.rule().name()));
        return names;
    }
}
