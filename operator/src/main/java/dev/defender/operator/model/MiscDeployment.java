/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.model;

import static dev.defender.operator.model.Volumes.mount;
import static dev.defender.operator.model.Volumes.own;
import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;

/** One collector-misc, on a node that has a publisher to speak to. The only component that speaks to the API server. */
public final class MiscDeployment {
    private MiscDeployment() {}

    /** Only where an image for it is configured. */
    public static Deployment of(Blueprint blueprint) {
        return new DeploymentBuilder()
                .withMetadata(Workloads.meta(Component.MISC, blueprint))
                .withNewSpec()
                .withReplicas(1)
                .withNewStrategy()
                .withType("Recreate")
                .endStrategy()
                .withNewSelector()
                .withMatchLabels(blueprint.selector(Component.MISC))
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(blueprint.labels(Component.MISC))
                .endMetadata()
                .withSpec(pod(blueprint))
                .endTemplate()
                .endSpec()
                .build();
    }

    private static PodSpec pod(Blueprint blueprint) {
        return Containers.pod(blueprint, blueprint.config().serviceAccounts().misc())
                .withAutomountServiceAccountToken(true)
                .withPriorityClassName("system-cluster-critical")
                .withAffinity(besideAPublisher(blueprint))
                .withTerminationGracePeriodSeconds(15L)
                .withSecurityContext(Security.pod(Security.MISC_USER, Security.MISC_USER, true))
                .withContainers(container(blueprint))
                .withVolumes(own("sockets", Volumes.MISC_SOCKETS), Volumes.scratch())
                .build();
    }

    private static Container container(Blueprint blueprint) {
        String image = requireNonNull(blueprint.config().images().misc(), "no image for collector-misc is configured");
        return Containers.container("misc", image, blueprint)
                .withArgs("--socket=" + Volumes.MISC_SOCKETS + "/misc.sock")
                .withEnv(Containers.nodeName())
                .withResources(Containers.exactly("64Mi", "60m"))
                .withSecurityContext(Security.nothing().build())
                .withVolumeMounts(mount("sockets", Volumes.MISC_SOCKETS), mount("tmp", "/tmp"))
                .build();
    }

    private static Affinity besideAPublisher(Blueprint blueprint) {
        return new AffinityBuilder(Nodes.served())
                .withNewPodAffinity()
                .addNewRequiredDuringSchedulingIgnoredDuringExecution()
                .withTopologyKey("kubernetes.io/hostname")
                .withNewLabelSelector()
                .withMatchLabels(blueprint.selector(Component.PUBLISHER))
                .endLabelSelector()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endPodAffinity()
                .build();
    }
}
