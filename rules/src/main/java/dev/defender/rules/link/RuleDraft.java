/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.link;

import dev.defender.rules.source.Position;
import dev.defender.rules.source.PositionedException;
import dev.defender.rules.source.SourceText;
import dev.defender.rules.yaml.Item;
import dev.defender.rules.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A rule while files are still being read: later items may change it. */
final class RuleDraft {
    final String name;
    final Position at;
    final Map<String, YamlValue> settings = new HashMap<>();
    final Map<String, ExceptionDraft> exceptions = new LinkedHashMap<>();
    final List<String> tags = new ArrayList<>();
    SourceText condition;
    SourceText output;
    String description;
    boolean enabled = true;

    /** From an item that defines the rule. */
    RuleDraft(Item item) throws PositionedException {
        name = item.require("rule").text();
        at = item.at();
        for (String key : RuleKeys.REQUIRED) {
            item.require(key);
        }
        condition = item.require("condition").sourceText();
        output = item.require("output").sourceText();
        description = item.require("desc").text().strip();
        for (Map.Entry<String, YamlValue> entry : item.keys().entrySet()) {
            if (!RuleKeys.REQUIRED.contains(entry.getKey()) || entry.getKey().equals("priority")) {
                change(entry.getKey(), entry.getValue(), Change.REPLACE);
            }
        }
    }

    void change(String key, YamlValue value, Change change) throws PositionedException {
        boolean append = change == Change.APPEND;
        switch (key) {
            case "condition" -> condition = append ? Texts.join(condition, value.sourceText()) : value.sourceText();
            case "output" -> output = append ? Texts.join(output, value.sourceText()) : value.sourceText();
            case "desc" ->
                description = append
                        ? description + " " + value.text().strip()
                        : value.text().strip();
            case "enabled" -> enabled = value.flag();
            case "tags" -> {
                if (!append) {
                    tags.clear();
                }
                for (String tag : value.texts()) {
                    if (!tags.contains(tag)) {
                        tags.add(tag);
                    }
                }
            }
            case "exceptions" -> {
                if (!append) {
                    exceptions.clear();
                }
                for (YamlValue exception : value.elements()) {
                    addException(new ExceptionDraft(exception));
                }
            }
            default -> settings.put(key, value);
        }
    }

    /** Exceptions are merged by name: values add up. */
    private void addException(ExceptionDraft added) throws PositionedException {
        ExceptionDraft existing = exceptions.get(added.name());
        if (existing == null) {
            added.requireFields();
            exceptions.put(added.name(), added);
        } else {
            existing.addAll(added);
        }
    }

    /** {@code (condition) and not (exception) …}. */
    SourceText conditionWithExceptions() throws PositionedException {
        SourceText whole = condition;
        for (ExceptionDraft exception : exceptions.values()) {
            if (exception.isEmpty()) {
                continue;
            }
            Position here = exception.at();
            SourceText excluded = exception.condition();
            whole = new SourceText.Builder(at.file())
                    .append("(", condition.at(0))
                    .append(whole, 0, whole.length())
                    .append(") and not (", here)
                    .append(excluded, 0, excluded.length())
                    .append(")", here)
                    .build();
        }
        return whole;
    }
}
