/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.aks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Clusters in Terraform's JSON: what {@code terraform show -json} says of a state or a plan, or a state file (version 4). */
final class Terraform {
    private static final String AZURERM = "azurerm_kubernetes_cluster";
    private static final String BLOCK = "microsoft_defender";

    private Terraform() {}

    static boolean is(JsonNode root) {
        return root.at("/values/root_module").isObject()
                || root.at("/planned_values/root_module").isObject()
                || state(root);
    }

    private static boolean state(JsonNode root) {
        return root.has("terraform_version")
                && root.path("version").asInt() == 4
                && root.path("resources").isArray();
    }

    static void read(JsonNode root, Findings findings) {
        if (state(root)) {
            for (JsonNode resource : root.path("resources")) {
                String address = resource.path("type").asText() + "."
                        + resource.path("name").asText();
                for (JsonNode instance : resource.path("instances")) {
                    resource(
                            resource.path("type").asText(),
                            address,
                            instance.path("attributes"),
                            MissingNode.getInstance(),
                            findings);
                }
            }
            return;
        }
        // A plan has both; what is planned is what the user has written.
        String values = root.has("planned_values") ? "planned_values" : "values";
        module(root.path(values).path("root_module"), findings);
    }

    private static void module(JsonNode module, Findings findings) {
        for (JsonNode resource : module.path("resources")) {
            resource(
                    resource.path("type").asText(),
                    resource.path("address").asText(),
                    resource.path("values"),
                    resource.path("sensitive_values"),
                    findings);
        }
        for (JsonNode child : module.path("child_modules")) {
            module(child, findings);
        }
    }

    private static void resource(String type, String address, JsonNode values, JsonNode sensitive, Findings findings) {
        if (type.equals(AZURERM)) {
            azurerm(address, values, sensitive, findings);
        } else if (type.startsWith("azapi_")
                && values.path("type")
                        .asText()
                        .toLowerCase(java.util.Locale.ROOT)
                        .startsWith(Shapes.CLUSTER_TYPE.toLowerCase(java.util.Locale.ROOT) + "@")) {
            azapi(address, values, sensitive, findings);
        }
    }

    private static void azurerm(String address, JsonNode values, JsonNode sensitive, Findings findings) {
        ObjectNode profile = JsonNodeFactory.instance.objectNode();
        JsonNode block = values.path(BLOCK).path(0);
        if (block.isObject()) {
            JsonNode workspace = block.path("log_analytics_workspace_id");
            if (!workspace.isTextual() || sensitive.path(BLOCK).toString().contains("true")) {
                findings.problem(address + ": " + BLOCK + ".log_analytics_workspace_id is sensitive or not known before"
                        + " it is applied; import the cluster itself (az aks show -o json)");
                return;
            }
            ObjectNode defender = profile.putObject("defender");
            defender.set("logAnalyticsWorkspaceResourceId", workspace);
            defender.putObject("securityMonitoring").put("enabled", true);
        }
        findings.add(new Findings.Cluster(id(values, address), name(values, address), "", profile));
    }

    private static void azapi(String address, JsonNode values, JsonNode sensitive, Findings findings) {
        if (!sensitive.path("body").isMissingNode()
                && sensitive.path("body").toString().contains("true")) {
            findings.problem(address + ": body has sensitive values; import the cluster itself (az aks show -o json)");
            return;
        }
        try {
            JsonNode body = values.path("body");
            JsonNode properties = Fields.at(body.isTextual() ? JsonInput.parse(body.asText()) : body, "properties");
            String type = values.path("type").asText();
            findings.add(new Findings.Cluster(
                    id(values, address),
                    name(values, address),
                    type.substring(type.indexOf('@') + 1),
                    Fields.at(properties, "securityProfile")));
        } catch (JsonProcessingException e) {
            findings.problem(address + ": body is a text that is not JSON");
        }
    }

    private static String id(JsonNode values, String address) {
        return values.path("id").asText(address);
    }

    private static String name(JsonNode values, String address) {
        return values.path("name").asText(address);
    }
}
