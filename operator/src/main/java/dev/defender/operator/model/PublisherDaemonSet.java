/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.model;

import static dev.defender.operator.model.Volumes.mount;
import static dev.defender.operator.model.Volumes.own;
import static dev.defender.operator.model.Volumes.readOnly;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.util.ArrayList;
import java.util.List;

/**
 * The publisher on every node. Its first step {@code node-directories} makes the directories of all components, with
 * their owners and modes; it is the only part that may, and it ends before the publisher starts.
 */
public final class PublisherDaemonSet {
    private PublisherDaemonSet() {}

    public static DaemonSet of(Blueprint blueprint, IntOrString maxUnavailable) {
        PodSpec pod = Containers.pod(
                        blueprint, blueprint.config().serviceAccounts().publisher())
                .withPriorityClassName(blueprint.priorityClass())
                .withAffinity(Nodes.served())
                .withTerminationGracePeriodSeconds(30L)
                // The group that may read the Secret's files; host paths keep their owners.
                .withSecurityContext(new PodSecurityContextBuilder(
                                Security.pod(Security.PUBLISHER_USER, Security.SOCKET_GROUP, false))
                        .withFsGroup(Security.SOCKET_GROUP)
                        .build())
                .withInitContainers(nodeDirectories(blueprint))
                .withContainers(container(blueprint))
                .withVolumes(
                        own("host-run", "/run/defender"),
                        own("host-state", "/var/lib/defender"),
                        own("state", Volumes.PUBLISHER_STATE),
                        Volumes.onboarding(blueprint.secretName()),
                        Volumes.nodeToken(),
                        Volumes.scratch())
                .build();
        return Workloads.daemonSet(Component.PUBLISHER, blueprint, pod, maxUnavailable);
    }

    static Container nodeDirectories(Blueprint blueprint) {
        return Containers.container(
                        "node-directories", blueprint.config().images().publisher(), blueprint)
                .withCommand("/bin/nodedirs", "prepare")
                .withResources(Containers.exactly("16Mi", "20m"))
                .withSecurityContext(Security.root("CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID")
                        .build())
                .withVolumeMounts(mount("host-run", "/run/defender"), mount("host-state", "/var/lib/defender"))
                .build();
    }

    private static Container container(Blueprint blueprint) {
        return Containers.container("publisher", blueprint.config().images().publisher(), blueprint)
                .withArgs(
                        "--onboarding=" + Volumes.ONBOARDING,
                        Containers.nodeOption(),
                        "--node-token-file=" + Volumes.TOKEN_DIRECTORY + "/token",
                        "--health=0.0.0.0:" + Containers.HEALTH_PORT,
                        "--allow-uid=" + Security.ROOT + ":sensor",
                        "--misc-socket=" + Volumes.MISC_SOCKETS + "/misc.sock",
                        "--allow-misc-uid=" + Security.MISC_USER + ":misc")
                .withEnv(environment(blueprint))
                .withPorts(new ContainerPortBuilder()
                        .withName(Containers.HEALTH)
                        .withContainerPort(Containers.HEALTH_PORT)
                        .withProtocol("TCP")
                        .build())
                .withStartupProbe(Containers.startup())
                .withReadinessProbe(Containers.readiness())
                .withLivenessProbe(Containers.liveness())
                .withResources(Containers.exactly("200Mi", "60m"))
                .withSecurityContext(Security.nothing().build())
                .withVolumeMounts(mounts())
                .build();
    }

    /** Everything that is needed to ship what a spool holds. */
    static List<VolumeMount> mounts() {
        return List.of(
                mount("host-run", "/run/defender"),
                mount("state", Volumes.PUBLISHER_STATE),
                readOnly("onboarding", Volumes.ONBOARDING),
                readOnly("node-token", Volumes.TOKEN_DIRECTORY),
                mount("tmp", "/tmp"));
    }

    static List<EnvVar> environment(Blueprint blueprint) {
        List<EnvVar> environment = new ArrayList<>(List.of(Containers.nodeName()));
        if (blueprint.proxy() != null) {
            environment.add(new EnvVar("HTTPS_PROXY", blueprint.proxy(), null));
        }
        if (blueprint.noProxy() != null) {
            environment.add(new EnvVar("NO_PROXY", blueprint.noProxy(), null));
        }
        return environment;
    }
}
