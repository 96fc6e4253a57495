/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.packs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.rules.Matching;
import dev.defender.rules.Rule;
import dev.defender.rules.RuleMatcher;
import dev.defender.rules.RuleSet;
import dev.defender.rules.RuleSetReference;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The rule packs of this project: each rule catches its malicious samples and leaves its benign ones alone. The samples stand
 * in a tree that mirrors that of the packs.
 */
class RulePackTest {
    private static final RuleSet RULES = builtIn();
    private static final Map<String, List<Case>> CASES = RULES.rules().stream()
            .map(RulePackTest::packOf)
            .distinct()
            .collect(Collectors.toMap(pack -> pack, RulePackTest::read));

    private record Case(String rule, List<Sample> malicious, List<Sample> benign) {}

    @TestFactory
    Stream<DynamicTest> catchesTheMaliciousSamples() {
        return cases().flatMap(tested -> tested.malicious().stream()
                .map(sample -> DynamicTest.dynamicTest(
                        tested.rule() + ": " + sample.text(),
                        () -> assertThat(matches(sample)).contains(tested.rule()))));
    }

    @TestFactory
    Stream<DynamicTest> leavesTheBenignSamplesAlone() {
        return cases().flatMap(tested -> tested.benign().stream()
                .map(sample -> DynamicTest.dynamicTest(
                        tested.rule() + ": " + sample.text(),
                        () -> assertThat(matches(sample)).doesNotContain(tested.rule()))));
    }

    @TestFactory
    Stream<DynamicTest> saysNothingOfOrdinaryWork() {
        return samples(yaml("ordinary.yaml")).stream()
                .map(sample -> DynamicTest.dynamicTest(
                        sample.text(), () -> assertThat(matches(sample)).isEmpty()));
    }

    @Test
    void everyRuleHasSamplesOfBothKinds() {
        Set<String> tested = cases().filter(
                        c -> !c.malicious().isEmpty() && !c.benign().isEmpty())
                .map(Case::rule)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(tested)
                .containsExactlyInAnyOrderElementsOf(
                        RULES.rules().stream().map(Rule::name).toList());
    }

    @Test
    void everyRuleNamesItsTechnique() {
        assertThat(RULES.rules())
                .allSatisfy(rule -> assertThat(rule.tags())
                        .anyMatch(tag -> tag.matches("TA\\d{4}"))
                        .anyMatch(tag -> tag.matches("T\\d{4}(\\.\\d{3})?")));
    }

    @Test
    void loadsWithoutWarnings() {
        assertThat(RULES.warnings()).isEmpty();
    }

    @Test
    void rendersEveryMessage() {
        cases().flatMap(c -> c.malicious().stream())
                .forEach(sample -> new RuleMatcher(new RuleSetReference(RULES))
                        .match(sample.type(), sample.source(), match -> {
                            assertThat(match.message()).doesNotContain("%");
                            assertThat(match.dedupKey()).startsWith(match.rule().name());
                        }));
    }

    private static List<String> matches(Sample sample) {
        List<String> names = new ArrayList<>();
        new RuleMatcher(new RuleSetReference(RULES))
                .match(
                        sample.type(),
                        sample.source(),
                        match -> names.add(match.rule().name()));
        return names;
    }

    private static Stream<Case> cases() {
        return CASES.values().stream().flatMap(List::stream);
    }

    private static String packOf(Rule rule) {
        String file = rule.position().file();
        return file.substring(file.indexOf('/') + 1, file.lastIndexOf('/'));
    }

    private static RuleSet builtIn() {
        try {
            return RuleSet.builtIn(Matching.ALL);
        } catch (Exception e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    private static List<Case> read(String pack) {
        List<Case> cases = new ArrayList<>();
        for (Object item : (List<?>) yaml(pack + "/cases.yaml")) {
            Map<?, ?> keys = (Map<?, ?>) item;
            cases.add(new Case(
                    String.valueOf(keys.get("rule")), samples(keys.get("malicious")), samples(keys.get("benign"))));
        }
        return cases;
    }

    private static Object yaml(String name) {
        try (InputStream stream = RulePackTest.class.getResourceAsStream("/dev/defender/rules/packs/" + name)) {
            if (stream == null) {
                throw new AssertionError("no samples " + name);
            }
            return new Load(LoadSettings.builder().build()).loadFromInputStream(stream);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Sample> samples(@Nullable Object list) {
        if (list == null) {
            return List.of();
        }
        return ((List<Map<String, Object>>) list).stream().map(Sample::of).toList();
    }
}
