/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.model;

import static dev.defender.operator.model.Volumes.host;
import static dev.defender.operator.model.Volumes.mount;
import static dev.defender.operator.model.Volumes.own;
import static dev.defender.operator.model.Volumes.readOnly;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;

/**
 * The sensor on every node. It has no port and no probe: a sensor that cannot observe its node ends and says why, and its
 * health goes through the publisher. The counters of the boot stay pinned when its pod goes.
 */
public final class SensorDaemonSet {
    /** An upgrade replaces the publisher at the same time: what the sensor still holds waits for the new one's cold start. */
    private static final int FINISH_SECONDS = 20;

    private SensorDaemonSet() {}

    public static DaemonSet of(Blueprint blueprint, IntOrString maxUnavailable) {
        PodSpec pod = Containers.pod(
                        blueprint, blueprint.config().serviceAccounts().sensor())
                .withPriorityClassName(blueprint.priorityClass())
                .withAffinity(Nodes.served())
                .withHostPID(true)
                .withTerminationGracePeriodSeconds(FINISH_SECONDS + 15L)
                .withSecurityContext(Security.pod(Security.ROOT, Security.ROOT, true))
                .withContainers(container(blueprint))
                .withVolumes(
                        host("bpffs", Volumes.BPFFS, "Directory"),
                        host("cgroup", "/sys/fs/cgroup", "Directory"),
                        host("passwd", "/etc/passwd", "File"),
                        host("host-run", "/run", "Directory"),
                        own("sockets", Volumes.PUBLISHER_SOCKETS),
                        own("state", Volumes.SENSOR_STATE),
                        Volumes.scratch())
                .build();
        return Workloads.daemonSet(Component.SENSOR, blueprint, pod, maxUnavailable);
    }

    private static Container container(Blueprint blueprint) {
        return Containers.container("sensor", blueprint.config().images().sensor(), blueprint)
                .withArgs(Containers.nodeOption(), "--host-run=/host/run", "--finish=" + FINISH_SECONDS)
                .withEnv(Containers.nodeName())
                .withResources(Containers.exactly("296Mi", "360m"))
                .withSecurityContext(Security.sensor())
                .withVolumeMounts(
                        mount("bpffs", Volumes.BPFFS),
                        readOnly("cgroup", "/sys/fs/cgroup"),
                        readOnly("passwd", "/etc/passwd"),
                        Volumes.following("host-run", "/host/run"),
                        mount("sockets", Volumes.PUBLISHER_SOCKETS),
                        mount("state", Volumes.SENSOR_STATE),
                        mount("tmp", "/tmp"))
                .build();
    }
}
