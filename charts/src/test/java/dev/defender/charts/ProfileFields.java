/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.charts;

import dev.defender.charts.Objects.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The table of a CRD's fields, from its schema. */
final class ProfileFields {
    private ProfileFields() {}

    /** @param part spec or status */
    static String of(Node crd, String part) {
        List<String> rows = new ArrayList<>(List.of("| Field | Type | Default | |", "|---|---|---|---|"));
        add(crd.at("spec.versions.0.schema.openAPIV3Schema.properties." + part), part, rows);
        return String.join("\n", rows) + "\n";
    }

    private static void add(Node schema, String path, List<String> rows) {
        if (schema.at("properties").value() instanceof Map<?, ?> properties) {
            new TreeMap<>(properties).forEach((name, field) -> {
                Node node = new Node(field);
                String here = path + "." + name;
                rows.add("| `" + here + "` | " + type(node) + " | " + code(node.text("default")) + " | "
                        + node.text("description").replace("\n", " ").replace("|", "\\|") + " |");
                add(node, here, rows);
                if (node.at("items").value() instanceof Map) {
                    add(node.at("items"), here + "[]", rows);
                }
            });
        }
    }

    private static String type(Node node) {
        String type = node.text("x-kubernetes-int-or-string").equals("true") ? "int or string" : node.text("type");
        if (type.equals("array")) {
            type = "list of " + node.text("items.type");
        }
        List<String> values = node.list("enum").stream()
                .map(value -> "`" + value.value() + "`")
                .toList();
        return values.isEmpty() ? type : String.join(", ", values);
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
