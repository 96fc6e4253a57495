/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.aks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values in an ARM template: plain ones, {@code [parameters('x')]} and {@code [variables('x')]}; no other expression. */
final class ArmExpressions {
    private static final Pattern REFERENCE =
            Pattern.compile("\\[\\s*(parameters|variables)\\(\\s*'([^']+)'\\s*\\)\\s*]", Pattern.CASE_INSENSITIVE);
    /** Variables may refer to each other; a circle must end. */
    private static final int MAX_STEPS = 20;

    private final JsonNode declared;
    private final Map<String, JsonNode> given;
    private final JsonNode variables;

    /** @param given by name in lower case */
    ArmExpressions(JsonNode declared, Map<String, JsonNode> given, JsonNode variables) {
        this.declared = declared;
        this.given = given;
        this.variables = variables;
    }

    /** A value that only a deployment would tell. The message is the expression. */
    static final class UnknownExpression extends Exception {
        UnknownExpression(String expression) {
            super(expression);
        }
    }

    JsonNode resolve(JsonNode value) throws UnknownExpression {
        return resolve(value, 0);
    }

    private JsonNode resolve(JsonNode value, int steps) throws UnknownExpression {
        if (value.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                copy.set(entry.getKey(), resolve(entry.getValue(), steps));
            }
            return copy;
        }
        if (value.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            for (JsonNode item : value) {
                copy.add(resolve(item, steps));
            }
            return copy;
        }
        String text = value.isTextual() ? value.asText() : "";
        if (text.startsWith("[[")) {
            return TextNode.valueOf(text.substring(1));
        }
        return text.startsWith("[") && text.endsWith("]") ? reference(text, steps) : value;
    }

    private JsonNode reference(String expression, int steps) throws UnknownExpression {
        Matcher reference = REFERENCE.matcher(expression);
        if (!reference.matches() || steps >= MAX_STEPS) {
            throw new UnknownExpression(expression);
        }
        String name = reference.group(2);
        JsonNode value = reference.group(1).equalsIgnoreCase("variables")
                ? Fields.at(variables, name)
                : given.getOrDefault(name.toLowerCase(Locale.ROOT), Fields.at(declared, name, "defaultValue"));
        if (value.isMissingNode()) {
            throw new UnknownExpression(expression);
        }
        return resolve(value, steps + 1);
    }
}
