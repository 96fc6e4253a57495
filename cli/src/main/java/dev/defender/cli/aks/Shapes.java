/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.aks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.defender.cli.terminal.Failure;
import java.util.List;
import java.util.Map;

/** Tells the shapes apart in which clusters come, and finds the clusters in them. */
final class Shapes {
    static final String CLUSTER_TYPE = "Microsoft.ContainerService/managedClusters";
    private static final String WORKSPACE = "logAnalyticsWorkspaceResourceId";

    private final String input;
    private final Map<String, JsonNode> parameters;
    private final Findings findings = new Findings();

    private Shapes(String input, Map<String, JsonNode> parameters) {
        this.input = input;
        this.parameters = parameters;
    }

    /** @param parameters of ARM templates, by name */
    static Findings read(JsonInput input, Map<String, JsonNode> parameters) throws Failure {
        Shapes shapes = new Shapes(input.name(), parameters);
        if (!shapes.collection(input.root()) && !shapes.single(input.root())) {
            throw Failure.usage(input.name() + " is of no shape that is known here: neither a managed cluster of ARM or"
                    + " `az aks show`, nor a list of them, nor a part of one, an ARM template, or Terraform's JSON");
        }
        return shapes.findings;
    }

    private boolean collection(JsonNode root) {
        if (root.isArray()) {
            members(root);
            return true;
        }
        if (Terraform.is(root)) {
            Terraform.read(root, findings);
            return true;
        }
        if (ArmTemplate.is(root)) {
            new ArmTemplate(root, parameters, findings).read();
            return true;
        }
        JsonNode value = Fields.at(root, "value");
        if (value.isArray()) {
            members(value);
            leftOver(Fields.text(root, "nextLink"));
            return true;
        }
        JsonNode data = Fields.at(root, "data");
        if (data.isArray()) {
            members(data);
            for (String name : List.of("$skipToken", "skip_token", "skipToken")) {
                leftOver(Fields.text(root, name));
            }
            return true;
        }
        return false;
    }

    private void members(JsonNode list) {
        for (JsonNode member : list) {
            if (!single(member)) {
                String type = Fields.text(member, "type");
                findings.note(input + " has an entry that is no cluster" + (type.isEmpty() ? "" : " but a " + type)
                        + "; skipped");
            }
        }
    }

    private void leftOver(String token) {
        if (!token.isEmpty()) {
            findings.problem(
                    input + " is one page of several: it ends with a token for the next; import the others too");
        }
    }

    private boolean single(JsonNode node) {
        if (!node.isObject()) {
            return false;
        }
        JsonNode properties = Fields.at(node, "properties");
        boolean typed = Fields.text(node, "type").equalsIgnoreCase(CLUSTER_TYPE);
        if (ArcExtension.is(node)) {
            ArcExtension.read(node, findings);
        } else if (Fields.has(properties, "securityProfile") || typed && properties.isObject()) {
            cluster(node, Fields.at(properties, "securityProfile"));
        } else if (Fields.has(node, "securityProfile") || typed) {
            cluster(node, Fields.at(node, "securityProfile"));
        } else if (Fields.has(node, "defender") || Fields.has(node, "azureDefender")) {
            findings.add(new Findings.Cluster("", "", "", node));
        } else if (Fields.has(node, WORKSPACE) || Fields.has(node, "securityMonitoring")) {
            findings.add(new Findings.Cluster("", "", "", fragment(node)));
        } else {
            return elsewhere(node);
        }
        return true;
    }

    private void cluster(JsonNode node, JsonNode securityProfile) {
        findings.add(new Findings.Cluster(
                Fields.text(node, "id"), Fields.text(node, "name"), Fields.text(node, "apiVersion"), securityProfile));
    }

    /** A bare {@code defender}, a bare {@code azureDefender}, or the file of --defender-config, which means on. */
    private static JsonNode fragment(JsonNode node) {
        ObjectNode profile = JsonNodeFactory.instance.objectNode();
        if (Fields.has(node, "enabled")) {
            return profile.set("azureDefender", node);
        }
        ObjectNode defender = node.deepCopy();
        if (node.size() == 1 && Fields.has(node, WORKSPACE)) {
            defender.putObject("securityMonitoring").put("enabled", true);
        }
        return profile.set("defender", defender);
    }

    /** What is understood, and is no cluster with Defender settings of its own. */
    private boolean elsewhere(JsonNode node) {
        if (Fields.text(node, "type").equalsIgnoreCase("Microsoft.Security/pricings")) {
            findings.note("the Defender plan " + Fields.text(node, "name")
                    + " is of a subscription; import its clusters (az aks list -o json)");
            return true;
        }
        JsonNode cluster = Fields.has(node, "cluster") ? Fields.at(node, "cluster") : node;
        boolean eks = Fields.text(cluster, "arn").startsWith("arn:") && Fields.has(cluster, "resourcesVpcConfig");
        boolean gke = Fields.text(cluster, "selfLink").contains("container.googleapis.com")
                || Fields.has(cluster, "masterAuth");
        if (eks || gke) {
            findings.note((eks ? "the EKS cluster " : "the GKE cluster ") + Fields.text(cluster, "name")
                    + " has no Defender settings of its own; write a DefenderProfile for it");
        }
        return eks || gke;
    }
}
