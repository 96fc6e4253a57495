/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.model;

import static dev.defender.operator.model.Volumes.host;
import static dev.defender.operator.model.Volumes.mount;
import static dev.defender.operator.model.Volumes.own;

import dev.defender.operator.api.Names;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import java.util.List;

/**
 * What goes over the nodes while a profile goes: {@code node-directories} makes what a node may never have had,
 * so that the rest cannot fail for want of it, {@code drain} ships what the spool holds, {@code remove} takes the
 * directories and pins away, {@code wait} says by running that both are done. It has no owner reference: a foreground
 * deletion of the profile would remove it before it has done its work.
 */
public final class CleanupDaemonSet {
    public static final String DRAIN = "drain";
    /** On the DaemonSet instead of an owner reference: uid of the profile that it cleans up after. */
    public static final String PROFILE_UID = Names.PREFIX + "profile-uid";

    private static final int DRAIN_SECONDS = 30;

    private CleanupDaemonSet() {}

    public static DaemonSet of(Blueprint blueprint) {
        PodSpec pod = Containers.pod(
                        blueprint, blueprint.config().serviceAccounts().publisher())
                .withPriorityClassName(blueprint.priorityClass())
                // A node that has left the selection may still hold what it was given before.
                .withNodeSelector(null)
                .withAffinity(Nodes.everServed())
                .withTerminationGracePeriodSeconds(5L)
                .withSecurityContext(new PodSecurityContextBuilder(
                                Security.pod(Security.PUBLISHER_USER, Security.SOCKET_GROUP, false))
                        .withFsGroup(Security.SOCKET_GROUP)
                        .build())
                .withInitContainers(PublisherDaemonSet.nodeDirectories(blueprint), drain(blueprint), remove(blueprint))
                .withContainers(done(blueprint))
                .withVolumes(
                        host("host-run-all", "/run", "Directory"),
                        host("host-lib", "/var/lib", "Directory"),
                        host("bpffs", Volumes.BPFFS, "Directory"),
                        own("host-run", "/run/defender"),
                        own("host-state", "/var/lib/defender"),
                        own("state", Volumes.PUBLISHER_STATE),
                        Volumes.onboarding(blueprint.secretName()),
                        Volumes.nodeToken(),
                        Volumes.scratch())
                .build();
        // A Secret that is gone must not keep the nodes from being cleaned; the drain then gives up at once.
        pod.getVolumes().stream()
                .filter(volume -> volume.getSecret() != null)
                .forEach(volume -> volume.getSecret().setOptional(true));
        DaemonSet set = Workloads.daemonSet(Component.CLEANUP, blueprint, pod, new IntOrString("100%"));
        return new DaemonSetBuilder(set)
                .editMetadata()
                .withOwnerReferences(List.of())
                .addToAnnotations(PROFILE_UID, blueprint.uid())
                .endMetadata()
                .editSpec()
                .withMinReadySeconds(null)
                .endSpec()
                .build();
    }

    private static Container drain(Blueprint blueprint) {
        return Containers.container(DRAIN, blueprint.config().images().publisher(), blueprint)
                .withArgs(
                        "--onboarding=" + Volumes.ONBOARDING,
                        Containers.nodeOption(),
                        "--node-token-file=" + Volumes.TOKEN_DIRECTORY + "/token",
                        "--health=off",
                        "--drain=" + DRAIN_SECONDS)
                .withEnv(PublisherDaemonSet.environment(blueprint))
                .withResources(Containers.exactly("200Mi", "60m"))
                .withSecurityContext(Security.nothing().build())
                .withVolumeMounts(
                        mount("state", Volumes.PUBLISHER_STATE),
                        Volumes.readOnly("onboarding", Volumes.ONBOARDING),
                        Volumes.readOnly("node-token", Volumes.TOKEN_DIRECTORY),
                        mount("tmp", "/tmp"))
                .build();
    }

    private static Container remove(Blueprint blueprint) {
        return Containers.container("remove", blueprint.config().images().publisher(), blueprint)
                .withCommand("/bin/nodedirs", "remove")
                .withResources(Containers.exactly("16Mi", "20m"))
                .withSecurityContext(Security.root("DAC_OVERRIDE", "FOWNER").build())
                .withVolumeMounts(
                        mount("host-run-all", "/run"), mount("host-lib", "/var/lib"), mount("bpffs", Volumes.BPFFS))
                .build();
    }

    private static Container done(Blueprint blueprint) {
        return Containers.container("done", blueprint.config().images().publisher(), blueprint)
                .withCommand("/bin/nodedirs", "wait")
                .withResources(Containers.exactly("16Mi", "20m"))
                .withSecurityContext(Security.nothing().build())
                .build();
    }
}
