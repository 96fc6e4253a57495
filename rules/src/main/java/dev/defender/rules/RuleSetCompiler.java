/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

import dev.defender.rules.engine.ConditionCompiler;
import dev.defender.rules.engine.Predicate;
import dev.defender.rules.engine.SharedConditions;
import dev.defender.rules.engine.Slots;
import dev.defender.rules.engine.UnknownFieldException;
import dev.defender.rules.field.EventType;
import dev.defender.rules.link.LinkedRule;
import dev.defender.rules.link.Linker;
import dev.defender.rules.output.OutputFormat;
import dev.defender.rules.source.Diagnostics;
import dev.defender.rules.source.PositionedException;
import dev.defender.rules.source.RuleLoadException;
import dev.defender.rules.source.RuleSource;
import dev.defender.rules.source.SourceText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes a rule set of files. Used once. */
final class RuleSetCompiler {
    private final Matching matching;
    private final Diagnostics diagnostics = new Diagnostics();
    private final Slots slots = new Slots();
    private final List<Rule> rules = new ArrayList<>();
    private final ContentHash hash = new ContentHash();
    private final List<List<CompiledRule>> byType = new ArrayList<>();

    RuleSetCompiler(Matching matching) {
        this.matching = matching;
        for (int i = 0; i < EventType.values().length; i++) {
            byType.add(new ArrayList<>());
        }
    }

    RuleSet compile(List<RuleSource> sources) throws RuleLoadException {
        Linker linker = new Linker(diagnostics);
        sources.forEach(source -> linker.add(source.name(), source.content()));
        List<LinkedRule> all = linker.link();
        SharedConditions shared =
                new SharedConditions(all.stream().map(LinkedRule::condition).toList());
        for (LinkedRule linked : all) {
            try {
                compile(linked, RuleAttributes.read(linked), shared);
            } catch (PositionedException e) {
                diagnostics.error(e);
            }
        }
        if (diagnostics.hasErrors()) {
            throw new RuleLoadException(diagnostics.all());
        }
        hash.add(matching.name());
        return new RuleSet(rules, diagnostics.all(), hash.result(), matching, slots.complete(), index());
    }

    private void compile(LinkedRule linked, Rule rule, SharedConditions shared) throws PositionedException {
        ConditionCompiler compiler = new ConditionCompiler(slots, shared);
        Map<EventType, Predicate> predicates = new EnumMap<>(EventType.class);
        try {
            for (EventType type : EventType.values()) {
                Predicate predicate = compiler.compile(linked.condition(), type);
                if (!ConditionCompiler.isNever(predicate)) {
                    predicates.put(type, predicate);
                }
            }
        } catch (UnknownFieldException e) {
            if (!RuleAttributes.flag(linked, "skip-if-unknown-filter", false)) {
                throw e;
            }
            diagnostics.warning(e.position(), "rule '" + rule.name() + "' is skipped: " + e.getMessage());
            return;
        }
        OutputFormat output = OutputFormat.parse(linked.output());
        OutputFormat dedup = OutputFormat.parse(SourceText.verbatim(
                linked.at(),
                rule.dedupFields().stream().map(field -> "%" + field).collect(Collectors.joining("|"))));
        if (!linked.enabled()) {
            return;
        }
        warn(linked, compiler, predicates);
        rules.add(rule);
        hash.add(rule, linked.condition());
        predicates.forEach(
                (type, predicate) -> byType.get(type.ordinal()).add(new CompiledRule(rule, predicate, output, dedup)));
    }

    private void warn(LinkedRule linked, ConditionCompiler compiler, Map<EventType, Predicate> predicates)
            throws PositionedException {
        compiler.notCarried()
                .forEach((field, at) -> diagnostics.warning(
                        at,
                        "rule '" + linked.name() + "': the sensor does not carry " + field
                                + " yet, so every check of it is false"));
        if (predicates.isEmpty()) {
            diagnostics.warning(
                    linked.at(),
                    "rule '" + linked.name() + "' can never match: no event that the sensor delivers fits");
        } else if (predicates.size() == EventType.values().length
                && RuleAttributes.flag(linked, "warn_evttypes", true)) {
            diagnostics.warning(
                    linked.at(),
                    "rule '" + linked.name() + "' does not restrict evt.type, so it is tested on every event");
        }
    }

    private CompiledRule[][] index() {
        return byType.stream()
                .map(compiled -> compiled.toArray(CompiledRule[]::new))
                .toArray(CompiledRule[][]::new);
    }
}
