/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.aks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;

/** Members of objects by name, whatever their case: PowerShell writes them in PascalCase. Null is as absent. */
final class Fields {
    private Fields() {}

    /** @return a missing node where one on the path is not there */
    static JsonNode at(JsonNode node, String... path) {
        JsonNode value = node;
        for (String name : path) {
            value = member(value, name);
        }
        return value;
    }

    static String text(JsonNode node, String... path) {
        return at(node, path).asText("");
    }

    static boolean has(JsonNode node, String name) {
        return !member(node, name).isMissingNode();
    }

    private static JsonNode member(JsonNode node, String name) {
        JsonNode exact = node.path(name);
        if (!exact.isMissingNode()) {
            return exact.isNull() ? MissingNode.getInstance() : exact;
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (entry.getKey().equalsIgnoreCase(name) && !entry.getValue().isNull()) {
                return entry.getValue();
            }
        }
        return MissingNode.getInstance();
    }
}
