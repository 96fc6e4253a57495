/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.cleanup;

import dev.defender.operator.api.DefenderProfile;
import dev.defender.operator.api.Names;
import dev.defender.operator.event.EventRecorder;
import dev.defender.operator.model.Blueprint;
import dev.defender.operator.model.CleanupDaemonSet;
import dev.defender.operator.model.Component;
import dev.defender.operator.ownership.Ownership;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes a deleted profile's components away, one step at a call, each step idempotent: sensor and collector-misc first,
 * then the publisher, then what is on the nodes. What the next step is follows from what is in the cluster, so another
 * process may go on at any point. Every wait ends, also for a node that does not answer: from its deletion to the last
 * step a profile takes 270 s at most, or 150 s from the first step of an operator that was away meanwhile.
 */
public final class NodeCleanup {
    /** Longest grace of a component's pod is 30 s. */
    private static final Duration PODS_GONE = Duration.ofSeconds(60);
    /** 30 s of draining, and the time to pull an image that every node has. */
    private static final Duration NODES_CLEAN = Duration.ofSeconds(120);
    /** Grace of the clean-up's own pods is 5 s; on a node that does not answer they stay for ever. */
    private static final Duration CLEANUP_GONE = Duration.ofSeconds(30);

    private static final int NODES_NAMED = 10;

    private final KubernetesClient client;
    private final Ownership ownership;
    private final EventRecorder events;
    private final InstantSource clock;
    /** Uids of profiles that something was taken away of here, whatever their status says. */
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

    public NodeCleanup(KubernetesClient client, Ownership ownership, EventRecorder events) {
        this(client, ownership, events, InstantSource.system());
    }

    /** @param clock is compared with the API server's times */
    public NodeCleanup(KubernetesClient client, Ownership ownership, EventRecorder events, InstantSource clock) {
        this.client = client;
        this.ownership = ownership;
        this.events = events;
        this.clock = clock;
    }

    /**
     * One step.
     *
     * @return what is waited for; null when nothing is left, or nothing more can be done
     */
    public @Nullable String step(DefenderProfile profile, Blueprint blueprint) {
        boolean touched = rolledOut(profile);
        touched |= delete(DaemonSet.class, Component.SENSOR, blueprint);
        touched |= delete(Deployment.class, Component.MISC, blueprint);
        if (touched) {
            begun.add(blueprint.uid());
        }
        boolean patient = age(profile.getMetadata().getDeletionTimestamp()).compareTo(PODS_GONE) < 0;
        if (patient && !pods(blueprint, Component.SENSOR, Component.MISC).isEmpty()) {
            return "sensors to end";
        }
        if (delete(DaemonSet.class, Component.PUBLISHER, blueprint)) {
            begun.add(blueprint.uid());
        }
        patient = age(profile.getMetadata().getDeletionTimestamp()).compareTo(PODS_GONE.multipliedBy(2)) < 0;
        if (patient && !pods(blueprint, Component.PUBLISHER).isEmpty()) {
            return "publishers to end";
        }
        String nodes = nodes(profile, blueprint);
        if (nodes != null) {
            return nodes;
        }
        for (Component component : List.of(Component.SENSOR, Component.PUBLISHER, Component.MISC)) {
            delete(NetworkPolicy.class, component, blueprint);
        }
        return null;
    }

    private @Nullable String nodes(DefenderProfile profile, Blueprint blueprint) {
        String name = blueprint.name(Component.CLEANUP);
        DaemonSet set = ownership.find(DaemonSet.class, name).orElse(null);
        if (set != null && !Ownership.isOf(blueprint.uid(), set)) {
            events.say(
                    profile,
                    "Warning",
                    "NodesNotCleaned",
                    "DaemonSet " + name + " is not ours, so the nodes were not cleaned; " + remains());
            return null;
        }
        Visit visit = new Visit(client, profile);
        Instant ended = visit.ended();
        if (ended == null) {
            if (set == null) {
                return visit.profileIsGone() || !begun.contains(blueprint.uid()) ? null : begin(blueprint);
            }
            if (!clean(set) && age(set.getMetadata().getCreationTimestamp()).compareTo(NODES_CLEAN) < 0) {
                return "nodes to be cleaned";
            }
            report(profile, blueprint, set);
            ended = clock.instant();
            visit.end(ended);
        }
        ownership.delete(DaemonSet.class, name, blueprint.uid());
        return end(profile, blueprint, ended, set == null);
    }

    private String begin(Blueprint blueprint) {
        client.resource(CleanupDaemonSet.of(blueprint))
                .fieldManager(Names.FIELD_MANAGER)
                .serverSideApply();
        return "nodes to be cleaned";
    }

    private @Nullable String end(DefenderProfile profile, Blueprint blueprint, Instant ended, boolean setIsGone) {
        List<Pod> left = pods(blueprint, Component.CLEANUP);
        if (setIsGone && left.isEmpty()) {
            return null;
        }
        if (Duration.between(ended, clock.instant()).compareTo(CLEANUP_GONE) < 0) {
            return "the clean-up to end";
        }
        events.say(
                profile,
                "Warning",
                "CleanupNotEnded",
                left.size() + " pods of the clean-up have not ended" + on(left)
                        + "; they go when their node answers or is deleted");
        return null;
    }

    private void report(DefenderProfile profile, Blueprint blueprint, DaemonSet set) {
        DaemonSetStatus status = status(set);
        int desired = status.getDesiredNumberScheduled() == null ? 0 : status.getDesiredNumberScheduled();
        int done = status.getNumberReady() == null ? 0 : status.getNumberReady();
        List<Pod> pods = pods(blueprint, Component.CLEANUP);
        DrainReport drains = DrainReport.of(pods);
        String spools =
                drains.shipped() + " spooled records were delivered at last, " + drains.abandoned() + " abandoned";
        if (done >= desired && clean(set)) {
            events.say(profile, "Normal", "NodesCleaned", desired + " nodes are clean; " + spools);
        } else {
            events.say(
                    profile,
                    "Warning",
                    "NodesNotCleaned",
                    (desired - done) + " of " + desired + " nodes could not be cleaned in time"
                            + on(pods.stream().filter(pod -> !ready(pod)).toList()) + "; " + remains() + "; "
                            + spools);
        }
    }

    private static String remains() {
        return "what remains there: /run/defender, /var/lib/defender, /sys/fs/bpf/defender";
    }

    private <R extends HasMetadata> boolean delete(Class<R> type, Component component, Blueprint blueprint) {
        return ownership.delete(type, blueprint.name(component), blueprint.uid());
    }

    private List<Pod> pods(Blueprint blueprint, Component... components) {
        String[] labels = Arrays.stream(components).map(Component::label).toArray(String[]::new);
        return client.pods()
                .inNamespace(Names.COMPONENT_NAMESPACE)
                .withLabel(Names.LABEL_PROFILE, blueprint.profile())
                .withLabel(Names.LABEL_MANAGED_BY, Names.FIELD_MANAGER)
                .withLabelIn(Names.LABEL_COMPONENT, labels)
                .list()
                .getItems();
    }

    /** Whether there may be something on nodes. */
    private static boolean rolledOut(DefenderProfile profile) {
        return profile.getStatus() != null
                && profile.getStatus().components() != null
                && !profile.getStatus().components().isEmpty();
    }

    private static boolean clean(DaemonSet set) {
        DaemonSetStatus status = status(set);
        return status.getObservedGeneration() != null
                && status.getObservedGeneration() >= set.getMetadata().getGeneration()
                && status.getNumberReady() != null
                && status.getNumberReady() >= status.getDesiredNumberScheduled();
    }

    private static DaemonSetStatus status(DaemonSet set) {
        return set.getStatus() == null ? new DaemonSetStatus() : set.getStatus();
    }

    private static boolean ready(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    /** Where these pods are, as a part of a sentence; the first few, for an Event is short. */
    private static String on(List<Pod> pods) {
        List<String> names = pods.stream()
                .map(pod -> pod.getSpec().getNodeName())
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        String shown = names.stream().limit(NODES_NAMED).collect(Collectors.joining(", ", " on ", ""));
        return names.isEmpty() ? "" : names.size() > NODES_NAMED ? shown + ", …" : shown;
    }

    private Duration age(@Nullable String since) {
        return since == null ? Duration.ZERO : Duration.between(Instant.parse(since), clock.instant());
    }
}
