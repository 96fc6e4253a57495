/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.defender.backend.testbed.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The OpenAPI document, against which answers are held: each must be as documented, without a member more, and what is
 * documented must have been answered at least once.
 */
final class OpenApi {
    private final JsonNode root;
    private final Set<String> unseen = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();

    OpenApi() throws IOException {
        try (InputStream in = OpenApi.class.getResourceAsStream("/openapi/defender.yaml")) {
            root = new ObjectMapper()
                    .valueToTree(new Load(LoadSettings.builder().build()).loadFromInputStream(in));
        }
        for (String operation : operations()) {
            operation(operation).path("responses").fieldNames().forEachRemaining(s -> unseen.add(operation + " " + s));
        }
        root.at("/components/schemas").properties().forEach(schema -> collect(schema.getKey(), schema.getValue()));
    }

    /** "METHOD template" of every operation. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (!method.equals("parameters")) {
                        operations.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
                    }
                }));
        return operations;
    }

    String filterDescription() {
        return root.at("/components/parameters/q/description").asText();
    }

    private JsonNode operation(String operation) {
        String[] parts = operation.split(" ", 2);
        return root.path("paths").path(parts[1]).path(parts[0].toLowerCase(java.util.Locale.ROOT));
    }

    private void collect(String where, JsonNode schema) {
        if (schema.has("items")) {
            collect(where + "[]", schema.path("items"));
        }
        schema.path("properties").properties().forEach(property -> {
            unseen.add(where + "." + property.getKey());
            collect(where + "." + property.getKey(), property.getValue());
        });
    }

    /** Holds an answer against the document. */
    void check(String operation, int status, Answer answer) throws IOException {
        String key = operation + " " + status;
        if (answer.status() != status) {
            faults.add(key + " was " + answer.status() + ": " + answer.body());
            return;
        }
        JsonNode response = resolve(operation(operation).path("responses").path(Integer.toString(status)));
        if (response.isMissingNode()) {
            faults.add(key + " is not documented");
            return;
        }
        unseen.remove(key);
        if (!response.has("content")) {
            if (!answer.body().isEmpty()) {
                faults.add(key + " has a body");
            }
            return;
        }
        String mediaType = answer.header("Content-Type").split(";", 2)[0];
        JsonNode content = response.path("content").path(mediaType);
        if (content.isMissingNode()) {
            faults.add(key + " is " + mediaType);
        } else if (mediaType.contains("json")) {
            validate(key, "", content.path("schema"), answer.json());
        }
        response.path("headers").fieldNames().forEachRemaining(header -> {
            if (answer.header(header).isEmpty()) {
                faults.add(key + " has no header " + header);
            }
        });
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
    }

    private void validate(String where, String name, JsonNode reference, JsonNode value) {
        JsonNode schema = resolve(reference);
        String known = reference.has("$ref") ? reference.path("$ref").asText().replaceAll(".*/", "") : name;
        boolean typed = switch (schema.path("type").asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> false;
        };
        if (!typed) {
            faults.add(where + " is no " + schema.path("type").asText() + ": " + value);
        }
        if (schema.has("const") && !schema.path("const").equals(value)) {
            faults.add(where + " is not " + schema.path("const"));
        }
        if (schema.has("enum") && !contains(schema.path("enum"), value)) {
            faults.add(where + " is none of " + schema.path("enum") + ": " + value);
        }
        if (schema.has("pattern")
                && !value.asText().matches(schema.path("pattern").asText())) {
            faults.add(where + " does not match " + schema.path("pattern") + ": " + value);
        }
        for (JsonNode required : schema.path("required")) {
            if (!value.has(required.asText())) {
                faults.add(where + " lacks " + required.asText());
            }
        }
        value.properties().forEach(member -> member(where, known, schema, member.getKey(), member.getValue()));
        for (JsonNode item : value.isArray() ? value : List.<JsonNode>of()) {
            validate(where + "[]", known + "[]", schema.path("items"), item);
        }
    }

    private void member(String where, String known, JsonNode schema, String name, JsonNode value) {
        JsonNode property = schema.path("properties").path(name);
        if (property.isMissingNode()) {
            property = schema.path("additionalProperties");
        }
        if (property.isMissingNode()) {
            faults.add(where + "." + name + " is not documented");
            return;
        }
        unseen.remove(known + "." + name);
        validate(where + "." + name, known + "." + name, property, value);
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode candidate : values) {
            if (candidate.equals(value)) {
                return true;
            }
        }
        return false;
    }

    List<String> faults() {
        return faults;
    }

    /** Documented statuses and members that no checked answer had. */
    Set<String> unseen() {
        return unseen;
    }
}
