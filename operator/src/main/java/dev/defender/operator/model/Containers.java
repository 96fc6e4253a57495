/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.model;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.Map;
import java.util.TreeMap;

/** What the components' containers and pods have in common. */
final class Containers {
    static final String HEALTH = "health";
    static final int HEALTH_PORT = 9464;

    private static final String NODE = "NODE_NAME";

    private Containers() {}

    /** A container whose last words reach the pod's status: a sensor that cannot observe its node says why there. */
    static ContainerBuilder container(String name, String image, Blueprint blueprint) {
        return new ContainerBuilder()
                .withName(name)
                .withImage(image)
                .withImagePullPolicy(blueprint.config().imagePullPolicy())
                .withTerminationMessagePolicy("FallbackToLogsOnError");
    }

    /** What a component is given it is given for certain: requests are the limits. */
    static ResourceRequirements exactly(String memory, String cpu) {
        // In an order of its own: what is rendered must not differ from one process to the next.
        Map<String, Quantity> amounts = new TreeMap<>();
        amounts.put("cpu", new Quantity(cpu));
        amounts.put("memory", new Quantity(memory));
        return new ResourceRequirementsBuilder()
                .withLimits(amounts)
                .withRequests(amounts)
                .build();
    }

    static EnvVar nodeName() {
        return new EnvVarBuilder()
                .withName(NODE)
                .withNewValueFrom()
                .withNewFieldRef("v1", "spec.nodeName")
                .endValueFrom()
                .build();
    }

    static String nodeOption() {
        return "--node=$(" + NODE + ")";
    }

    /** A JVM that starts cold in 60m of a busy node is given two minutes. */
    static Probe startup() {
        return http("/healthz", 2, 60);
    }

    static Probe readiness() {
        return http("/readyz", 10, 3);
    }

    /** Generous: a restart costs more than a slow answer. */
    static Probe liveness() {
        return http("/healthz", 30, 4);
    }

    /** A pod of kube-system in this profile. */
    static PodSpecBuilder pod(Blueprint blueprint, String serviceAccount) {
        PodSpecBuilder builder = new PodSpecBuilder()
                .withServiceAccountName(serviceAccount)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTolerations(blueprint.tolerations())
                .withImagePullSecrets(blueprint.config().imagePullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList());
        if (!blueprint.nodeSelector().isEmpty()) {
            builder.withNodeSelector(blueprint.nodeSelector());
        }
        return builder;
    }

    private static Probe http(String path, int periodSeconds, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort(HEALTH)
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withTimeoutSeconds(5)
                .withFailureThreshold(failures)
                .build();
    }
}
