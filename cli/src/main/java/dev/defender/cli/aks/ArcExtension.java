/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.aks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Defender as an extension of an Arc-connected cluster: its presence means on. */
final class ArcExtension {
    private static final String TYPE = "microsoft.azuredefender.kubernetes";

    private ArcExtension() {}

    static boolean is(JsonNode node) {
        return type(node).equalsIgnoreCase(TYPE);
    }

    private static String type(JsonNode node) {
        return Fields.has(node, "extensionType")
                ? Fields.text(node, "extensionType")
                : Fields.text(node, "properties", "extensionType");
    }

    static void read(JsonNode node, Findings findings) {
        JsonNode body = Fields.has(node, "extensionType") ? node : Fields.at(node, "properties");
        JsonNode workspace = Fields.at(body, "configurationSettings", "logAnalyticsWorkspaceResourceID");
        ObjectNode profile = JsonNodeFactory.instance.objectNode();
        ObjectNode defender = profile.putObject("defender");
        if (!workspace.isMissingNode()) {
            defender.set("logAnalyticsWorkspaceResourceId", workspace);
        }
        defender.putObject("securityMonitoring").put("enabled", true);
        findings.add(new Findings.Cluster(
                Fields.text(node, "id"), Fields.text(node, "name"), Fields.text(node, "apiVersion"), profile));
    }
}
