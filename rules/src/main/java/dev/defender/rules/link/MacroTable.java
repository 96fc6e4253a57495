/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.link;

import dev.defender.rules.catalogue.NearNames;
import dev.defender.rules.condition.Condition;
import dev.defender.rules.condition.ConditionParser;
import dev.defender.rules.source.Diagnostics;
import dev.defender.rules.source.PositionedException;
import dev.defender.rules.source.SourceText;
import dev.defender.rules.yaml.Item;
import dev.defender.rules.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The macros of a rule set, and their substitution into syntax trees. */
final class MacroTable {
    private static final int MAX_CHECKS = 20_000;

    private final Map<String, SourceText> texts = new LinkedHashMap<>();
    private final Map<String, Condition> resolved = new LinkedHashMap<>();

    /** Defines, replaces or appends. A redefinition takes the place of the first definition. */
    void accept(Item item) throws PositionedException {
        YamlValue nameValue = item.require("macro");
        String name = nameValue.text();
        SourceText condition = item.require("condition").sourceText();
        Change change = Change.of(item, "condition");
        SourceText existing = texts.get(name);
        if (change != Change.DEFINE && existing == null) {
            throw new PositionedException(
                    nameValue.at(),
                    "macro '" + name + "' is changed here but was not defined before"
                            + NearNames.hint(name, texts.keySet()));
        }
        texts.put(name, change == Change.APPEND && existing != null ? Texts.join(existing, condition) : condition);
    }

    /** Parses all macros and resolves them in one another: a macro sees those that stand before it. */
    void resolve(ListTable lists, Diagnostics diagnostics) {
        for (Map.Entry<String, SourceText> macro : texts.entrySet()) {
            try {
                Condition condition = ConditionParser.parse(lists.substitute(macro.getValue()));
                resolved.put(macro.getKey(), bounded(expand(condition, macro.getKey())));
            } catch (PositionedException e) {
                diagnostics.error(e);
            }
        }
    }

    /** The condition with every macro replaced by its own condition. */
    Condition expand(Condition condition) throws PositionedException {
        return bounded(expand(condition, ""));
    }

    /** Macros of macros can double at every step; a condition nobody could have meant is refused before it fills memory. */
    private static Condition bounded(Condition condition) throws PositionedException {
        if (ConditionSize.of(condition) > MAX_CHECKS) {
            throw new PositionedException(
                    condition.at(), "with its macros this condition has more than " + MAX_CHECKS + " checks");
        }
        return condition;
    }

    private Condition expand(Condition condition, String within) throws PositionedException {
        return switch (condition) {
            case Condition.Or or -> new Condition.Or(expand(or.operands(), within), or.at());
            case Condition.And and -> new Condition.And(expand(and.operands(), within), and.at());
            case Condition.Not not -> new Condition.Not(expand(not.operand(), within), not.at());
            case Condition.Exists exists -> exists;
            case Condition.Check check -> check;
            case Condition.MacroReference reference -> {
                Condition found = resolved.get(reference.name());
                if (found == null) {
                    throw new PositionedException(reference.at(), whyMissing(reference.name(), within));
                }
                yield found;
            }
        };
    }

    private List<Condition> expand(List<Condition> conditions, String within) throws PositionedException {
        List<Condition> expanded = new ArrayList<>();
        for (Condition condition : conditions) {
            expanded.add(expand(condition, within));
        }
        return expanded;
    }

    private String whyMissing(String name, String within) {
        if (name.equals(within)) {
            return "macro '" + name + "' refers to itself";
        }
        if (!within.isEmpty() && texts.containsKey(name)) {
            return "macro '" + within + "' refers to macro '" + name
                    + "', which is defined after it or is itself in error; a macro sees only those before it";
        }
        if (texts.containsKey(name)) {
            return "macro '" + name + "' is itself in error";
        }
        return "undefined macro '" + name + "'" + NearNames.hint(name, texts.keySet());
    }
}
