/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.link;

import dev.defender.rules.catalogue.NearNames;
import dev.defender.rules.source.Diagnostics;
import dev.defender.rules.source.PositionedException;
import dev.defender.rules.yaml.Item;
import dev.defender.rules.yaml.YamlValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The rules of a rule set by name, in the order of their first definition. */
final class RuleTable {
    private static final String OUR_SOURCE = "syscall";

    private final Diagnostics diagnostics;
    private final Map<String, RuleDraft> rules = new LinkedHashMap<>();

    RuleTable(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    Collection<RuleDraft> all() {
        return rules.values();
    }

    void accept(Item item) throws PositionedException {
        warnOfKeys(item);
        YamlValue source = item.find("source");
        if (source != null && !source.text().equals(OUR_SOURCE)) {
            diagnostics.warning(
                    source.at(),
                    "rule '" + item.require("rule").text() + "' is skipped: its source is '" + source.text()
                            + "', and this engine evaluates source syscall only");
            return;
        }
        if (Change.isAppend(item)) {
            append(item);
        } else if (item.has("override")) {
            override(item);
        } else if (item.keys().keySet().equals(Set.of("rule", "enabled"))) {
            target(item).change("enabled", item.require("enabled"), Change.REPLACE);
        } else {
            RuleDraft draft = new RuleDraft(item);
            rules.put(draft.name, draft);
        }
    }

    private void warnOfKeys(Item item) {
        for (Map.Entry<String, YamlValue> entry : item.keys().entrySet()) {
            String key = entry.getKey();
            if (!RuleKeys.ALL.contains(key)) {
                diagnostics.warning(
                        entry.getValue().at(),
                        "unknown key '" + key + "' of a rule is ignored" + NearNames.hint(key, RuleKeys.ALL));
            } else if (RuleKeys.WITHOUT_EFFECT.contains(key)) {
                diagnostics.warning(
                        entry.getValue().at(), "key '" + key + "' has no effect: this engine records nothing");
            }
        }
    }

    private RuleDraft target(Item item) throws PositionedException {
        YamlValue name = item.require("rule");
        RuleDraft draft = rules.get(name.text());
        if (draft == null) {
            throw new PositionedException(
                    name.at(),
                    "rule '" + name.text() + "' is changed here but was not defined before"
                            + NearNames.hint(name.text(), rules.keySet()));
        }
        return draft;
    }

    private void append(Item item) throws PositionedException {
        RuleDraft draft = target(item);
        for (Map.Entry<String, YamlValue> entry : item.keys().entrySet()) {
            String key = entry.getKey();
            if (RuleKeys.APPENDABLE.contains(key)) {
                draft.change(key, entry.getValue(), Change.APPEND);
            } else if (RuleKeys.REPLACEABLE.contains(key)) {
                throw new PositionedException(
                        entry.getValue().at(), "'" + key + "' cannot be appended; replace it with 'override'");
            }
        }
    }

    private void override(Item item) throws PositionedException {
        RuleDraft draft = target(item);
        Map<String, YamlValue> overrides = item.require("override").entries();
        for (Map.Entry<String, YamlValue> entry : overrides.entrySet()) {
            String key = entry.getKey();
            Change change = Change.parse(entry.getValue());
            Set<String> possible = change == Change.APPEND ? RuleKeys.APPENDABLE : RuleKeys.REPLACEABLE;
            if (!possible.contains(key)) {
                throw new PositionedException(
                        entry.getValue().at(),
                        "key '" + key + "' of a rule cannot be changed by "
                                + entry.getValue().text());
            }
            draft.change(key, item.require(key), change);
        }
        for (Map.Entry<String, YamlValue> entry : item.keys().entrySet()) {
            if (RuleKeys.REPLACEABLE.contains(entry.getKey()) && !overrides.containsKey(entry.getKey())) {
                throw new PositionedException(
                        entry.getValue().at(),
                        "key '" + entry.getKey() + "' stands here but 'override' does not name it");
            }
        }
    }
}
