/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.link;

import dev.defender.rules.catalogue.NearNames;
import dev.defender.rules.source.PositionedException;
import dev.defender.rules.source.SourceText;
import dev.defender.rules.yaml.Item;
import dev.defender.rules.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lists of a rule set, and their substitution into conditions. */
final class ListTable {
    private final Map<String, List<String>> lists = new LinkedHashMap<>();

    /** Defines, replaces or appends. A list sees the lists defined before it. */
    void accept(Item item) throws PositionedException {
        YamlValue nameValue = item.require("list");
        String name = nameValue.text();
        Change change = Change.of(item, "items");
        List<String> elements = new ArrayList<>();
        if (change == Change.APPEND || change == Change.REPLACE) {
            List<String> existing = lists.get(name);
            if (existing == null) {
                throw new PositionedException(
                        nameValue.at(),
                        "list '" + name + "' is changed here but was not defined before"
                                + NearNames.hint(name, lists.keySet()));
            }
            if (change == Change.APPEND) {
                elements.addAll(existing);
            }
        }
        for (String element : item.require("items").texts()) {
            List<String> nested = lists.get(element);
            if (nested == null || element.equals(name)) {
                elements.add(element);
            } else {
                elements.addAll(nested);
            }
        }
        lists.put(name, List.copyOf(elements));
    }

    /** Replaces names of lists by their elements wherever a name stands alone outside quotes. */
    SourceText substitute(SourceText condition) {
        return new ListSubstitution(condition, lists).result();
    }
}
