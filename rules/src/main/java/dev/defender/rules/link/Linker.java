/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.link;

import dev.defender.rules.catalogue.NearNames;
import dev.defender.rules.condition.Condition;
import dev.defender.rules.condition.ConditionParser;
import dev.defender.rules.source.Diagnostics;
import dev.defender.rules.source.PositionedException;
import dev.defender.rules.yaml.Item;
import dev.defender.rules.yaml.RuleFile;
import dev.defender.rules.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Takes rule files in order and gives rules that stand alone. Errors are collected, not thrown. */
public final class Linker {
    private static final Set<String> LIST_KEYS = Set.of("list", "items", "append", "override");
    private static final Set<String> MACRO_KEYS = Set.of("macro", "condition", "append", "override");
    private static final List<String> ITEM_KINDS =
            List.of("rule", "macro", "list", "required_engine_version", "required_plugin_versions");

    private final Diagnostics diagnostics;
    private final ListTable lists = new ListTable();
    private final MacroTable macros = new MacroTable();
    private final RuleTable rules;

    public Linker(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        this.rules = new RuleTable(diagnostics);
    }

    /** Reads one file. */
    public void add(String file, String content) {
        try {
            for (Item item : RuleFile.read(file, content)) {
                try {
                    accept(item);
                } catch (PositionedException e) {
                    diagnostics.error(e);
                }
            }
        } catch (PositionedException e) {
            diagnostics.error(e);
        }
    }

    /** All rules in order, after the last file. */
    public List<LinkedRule> link() {
        macros.resolve(lists, diagnostics);
        List<LinkedRule> linked = new ArrayList<>();
        for (RuleDraft draft : rules.all()) {
            try {
                Condition parsed = ConditionParser.parse(lists.substitute(draft.conditionWithExceptions()));
                linked.add(new LinkedRule(
                        draft.name,
                        draft.at,
                        macros.expand(parsed),
                        draft.output,
                        draft.description,
                        List.copyOf(draft.tags),
                        draft.enabled,
                        draft.settings));
            } catch (PositionedException e) {
                diagnostics.error(e);
            }
        }
        return linked;
    }

    private void accept(Item item) throws PositionedException {
        if (item.has("rule")) {
            rules.accept(item);
        } else if (item.has("macro")) {
            warnOfUnknown(item, MACRO_KEYS, "macro");
            macros.accept(item);
        } else if (item.has("list")) {
            warnOfUnknown(item, LIST_KEYS, "list");
            lists.accept(item);
        } else if (item.has("required_engine_version")) {
            EngineVersion.require(item.require("required_engine_version"));
        } else if (item.has("required_plugin_versions")) {
            plugins(item.require("required_plugin_versions"));
        } else {
            String keys = String.join(", ", item.keys().keySet());
            diagnostics.warning(
                    item.at(), "unknown item with keys " + keys + " is ignored" + NearNames.hint(keys, ITEM_KINDS));
        }
    }

    private void warnOfUnknown(Item item, Set<String> known, String kind) {
        item.keys().forEach((key, value) -> {
            if (!known.contains(key)) {
                diagnostics.warning(value.at(), "unknown key '" + key + "' of a " + kind + " is ignored");
            }
        });
    }

    /** The container plugin's place is taken by the sensor; any other plugin is not there. */
    private void plugins(YamlValue required) throws PositionedException {
        for (YamlValue plugin : required.elements()) {
            YamlValue name = plugin.entries().get("name");
            if (name == null) {
                throw new PositionedException(plugin.at(), "a required plugin needs a name");
            }
            if (!name.text().equals("container")) {
                diagnostics.warning(
                        name.at(), "plugin '" + name.text() + "' does not exist here: rules of its source are skipped");
            }
        }
    }
}
