/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What of a changed schema refuses, or no longer keeps, an object that the schema before took. */
final class SchemaChange {
    private static final Set<String> PROSE = Set.of("description", "default", "properties", "items", "required");
    private static final Set<String> UPPER = Set.of("maxLength", "maxItems", "maxProperties", "maximum");
    private static final Set<String> LOWER = Set.of("minLength", "minItems", "minProperties", "minimum");

    private final List<String> breaks = new ArrayList<>();

    /** Empty when every object that {@code before} takes is taken and kept by {@code after}. */
    static List<String> breaking(JsonNode before, JsonNode after) {
        SchemaChange change = new SchemaChange();
        change.compare("", before, after);
        return change.breaks;
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        before.fieldNames().forEachRemaining(key -> keyword(path, key, before.path(key), after.path(key)));
        after.fieldNames().forEachRemaining(key -> {
            if (!before.has(key) && !PROSE.contains(key) && !key.equals("additionalProperties")) {
                breaks.add(path + ": new restriction " + key + " " + after.path(key));
            }
        });
        required(path, before.path("required"), after.path("required"));
        before.path("properties").properties().forEach(field -> {
            String below = path + "." + field.getKey();
            JsonNode now = after.path("properties").path(field.getKey());
            if (now.isMissingNode()) {
                breaks.add(below + ": gone");
            } else {
                compare(below, field.getValue(), now);
            }
        });
        if (before.has("items")) {
            compare(path + "[]", before.path("items"), after.path("items"));
        }
    }

    private void keyword(String path, String key, JsonNode before, JsonNode after) {
        if (PROSE.contains(key)) {
            return;
        }
        boolean wider = UPPER.contains(key) && (after.isMissingNode() || after.asLong() >= before.asLong())
                || LOWER.contains(key) && (after.isMissingNode() || after.asLong() <= before.asLong());
        if (!wider && !withoutMessages(before).equals(withoutMessages(after))) {
            breaks.add(path + ": " + key + " was " + before + ", is " + after);
        }
    }

    private void required(String path, JsonNode before, JsonNode after) {
        Set<String> old = new HashSet<>();
        before.forEach(name -> old.add(name.asText()));
        after.forEach(name -> {
            if (!old.contains(name.asText())) {
                breaks.add(path + "." + name.asText() + ": now required");
            }
        });
    }

    /** CEL rules by what they refuse; how they say it may be bettered. */
    private static JsonNode withoutMessages(JsonNode node) {
        JsonNode copy = node.deepCopy();
        copy.forEach(rule -> {
            if (rule instanceof ObjectNode object) {
                object.remove("message");
            }
        });
        return copy;
    }
}
