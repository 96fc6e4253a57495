/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.aks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.Map;

/** Clusters in an ARM template, nested templates included. */
final class ArmTemplate {
    private final JsonNode template;
    private final ArmExpressions expressions;
    private final Findings findings;

    /** @param given values of parameters; others have their default */
    ArmTemplate(JsonNode template, Map<String, JsonNode> given, Findings findings) {
        this.template = template;
        this.findings = findings;
        expressions = new ArmExpressions(Fields.at(template, "parameters"), given, Fields.at(template, "variables"));
    }

    static boolean is(JsonNode root) {
        boolean template =
                Fields.text(root, "$schema").contains("deploymentTemplate.json") || Fields.has(root, "contentVersion");
        return template && Fields.at(root, "resources").isContainerNode();
    }

    void read() {
        // An array, or with symbolic names an object; both are iterated by value.
        for (JsonNode resource : Fields.at(template, "resources")) {
            String type = Fields.text(resource, "type");
            if (type.equalsIgnoreCase(Shapes.CLUSTER_TYPE)) {
                cluster(resource);
            } else if (type.equalsIgnoreCase("Microsoft.Resources/deployments")) {
                nested(resource);
            }
        }
    }

    private void cluster(JsonNode resource) {
        String name = Fields.text(resource, "name");
        try {
            name = expressions.resolve(Fields.at(resource, "name")).asText();
        } catch (ArmExpressions.UnknownExpression e) {
            // Its name is only for people: the expression tells them which one is meant.
        }
        try {
            findings.add(new Findings.Cluster(
                    name,
                    name,
                    Fields.text(resource, "apiVersion"),
                    expressions.resolve(Fields.at(resource, "properties", "securityProfile"))));
        } catch (ArmExpressions.UnknownExpression e) {
            findings.problem(
                    "cluster " + name + ": the value of " + e.getMessage()
                            + " is not known; give it by --parameters=FILE, or import the cluster itself (az aks show -o json)");
        }
    }

    private void nested(JsonNode deployment) {
        JsonNode inner = Fields.at(deployment, "properties", "template");
        Map<String, JsonNode> values = new HashMap<>();
        Fields.at(deployment, "properties", "parameters").properties().forEach(parameter -> {
            try {
                values.put(
                        parameter.getKey().toLowerCase(java.util.Locale.ROOT),
                        expressions.resolve(Fields.at(parameter.getValue(), "value")));
            } catch (ArmExpressions.UnknownExpression e) {
                // Matters only if the inner template uses it, and is named then.
                values.put(parameter.getKey().toLowerCase(java.util.Locale.ROOT), MissingNode.getInstance());
            }
        });
        new ArmTemplate(inner, values, findings).read();
    }
}
