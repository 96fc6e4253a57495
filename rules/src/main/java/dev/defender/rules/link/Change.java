/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.link;

import dev.defender.rules.source.PositionedException;
import dev.defender.rules.yaml.Item;
import dev.defender.rules.yaml.YamlValue;
import java.util.Map;

/** What an item does to an earlier one of the same name. */
enum Change {
    DEFINE,
    APPEND,
    REPLACE;

    /** Reads {@code append} and {@code override} of an item with a single content key. */
    static Change of(Item item, String contentKey) throws PositionedException {
        YamlValue override = item.find("override");
        boolean append = isAppend(item);
        if (override == null) {
            return append ? APPEND : DEFINE;
        }
        Change change = DEFINE;
        for (Map.Entry<String, YamlValue> entry : override.entries().entrySet()) {
            if (!entry.getKey().equals(contentKey)) {
                throw new PositionedException(
                        entry.getValue().at(), "only '" + contentKey + "' can be overridden here");
            }
            change = parse(entry.getValue());
        }
        if (change == DEFINE) {
            throw new PositionedException(override.at(), "'override' names no key; name '" + contentKey + "'");
        }
        return change;
    }

    /** Whether the item carries {@code append: true}, which excludes {@code override}. */
    static boolean isAppend(Item item) throws PositionedException {
        YamlValue append = item.find("append");
        if (append == null || !append.flag()) {
            return false;
        }
        if (item.has("override")) {
            throw new PositionedException(append.at(), "'append' and 'override' exclude each other");
        }
        return true;
    }

    static Change parse(YamlValue value) throws PositionedException {
        return switch (value.text()) {
            case "append" -> APPEND;
            case "replace" -> REPLACE;
            default -> throw new PositionedException(value.at(), "expected append or replace here");
        };
    }
}
