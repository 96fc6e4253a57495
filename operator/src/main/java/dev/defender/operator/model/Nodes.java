/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.model;

import dev.defender.operator.api.Names;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import java.util.ArrayList;
import java.util.List;

/** Which nodes can be served, and how those that cannot are found. */
public final class Nodes {
    /** Architectures that are measured. */
    public static final List<String> ARCHITECTURES = List.of("amd64");

    private static final String OS = "kubernetes.io/os";
    private static final String ARCHITECTURE = "kubernetes.io/arch";
    private static final String VIRTUAL = "type";
    private static final String FARGATE = "eks.amazonaws.com/compute-type";

    /** @param why one sentence */
    public record Unsupported(String labelSelector, String why) {}

    /** Nodes without components, by label selector; a node falls under one of them. */
    public static final List<Unsupported> UNSUPPORTED = List.of(
            new Unsupported(OS + "!=linux", "no Linux node: its workloads are covered by audit events only"),
            new Unsupported(
                    OS + "=linux," + ARCHITECTURE + " notin (" + String.join(",", ARCHITECTURES) + ")",
                    "an architecture that is not measured yet"),
            new Unsupported(VIRTUAL + "=virtual-kubelet", "a virtual node has no kernel of its own to observe"),
            new Unsupported(FARGATE + "=fargate", "serverless: it runs no DaemonSets"));

    private Nodes() {}

    /** Of sensor and publisher: every node that can be served and is not excluded by its label. */
    static Affinity served() {
        List<NodeSelectorRequirement> all = new ArrayList<>(possible());
        all.add(new NodeSelectorRequirement(Names.LABEL_EXCLUDE, "NotIn", List.of("true")));
        return required(all);
    }

    /** Of the clean-up: also nodes that were excluded, or left the selection, after they had been served. */
    static Affinity everServed() {
        return required(possible());
    }

    private static List<NodeSelectorRequirement> possible() {
        return List.of(
                new NodeSelectorRequirement(OS, "In", List.of("linux")),
                new NodeSelectorRequirement(ARCHITECTURE, "In", ARCHITECTURES),
                new NodeSelectorRequirement(VIRTUAL, "NotIn", List.of("virtual-kubelet")),
                new NodeSelectorRequirement(FARGATE, "NotIn", List.of("fargate")));
    }

    private static Affinity required(List<NodeSelectorRequirement> expressions) {
        return new AffinityBuilder()
                .withNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .addNewNodeSelectorTerm()
                .withMatchExpressions(expressions)
                .endNodeSelectorTerm()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .build();
    }
}
