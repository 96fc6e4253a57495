/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.controller;

import dev.defender.operator.api.Names;
import dev.defender.operator.dependent.Revision;
import dev.defender.operator.health.PublisherHealth.Publisher;
import dev.defender.operator.model.Blueprint;
import dev.defender.operator.model.Component;
import dev.defender.operator.observe.RefusedPods;
import dev.defender.operator.rollout.Pace.Standing;
import dev.defender.operator.status.Observation.Counts;
import dev.defender.operator.status.PodTroubles;
import dev.defender.operator.status.Reason;
import dev.defender.operator.status.Trouble;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads counts, standing and troubles off the workloads and pods of one profile. */
final class Observer {
    private final Blueprint blueprint;
    private final List<Pod> pods;
    private final RefusedPods refusals;

    /** @param pods of the profile, slim */
    Observer(Blueprint blueprint, List<Pod> pods, RefusedPods refusals) {
        this.blueprint = blueprint;
        this.pods = pods;
        this.refusals = refusals;
    }

    Standing standing(Component component, DaemonSet set) {
        DaemonSetStatus status = set.getStatus() == null ? new DaemonSetStatus() : set.getStatus();
        String revision = set.getSpec().getTemplate().getMetadata().getLabels().get(Revision.LABEL);
        List<Pod> updated = podsOf(component)
                .filter(pod -> revision != null
                        && revision.equals(pod.getMetadata().getLabels().get(Revision.LABEL)))
                .toList();
        return new Standing(
                number(status.getObservedGeneration()) >= set.getMetadata().getGeneration(),
                (int) number(status.getDesiredNumberScheduled()),
                (int) number(status.getUpdatedNumberScheduled()),
                (int) updated.stream().filter(PodTroubles::ready).count(),
                (int) updated.stream()
                        .filter(pod -> PodTroubles.of(component, pod).isPresent())
                        .count());
    }

    /** A status of an older generation counts as nothing ready. */
    Counts counts(Component component, @Nullable DaemonSet set) {
        if (set == null || set.getStatus() == null) {
            return new Counts(component, 0, 0, 0);
        }
        DaemonSetStatus status = set.getStatus();
        boolean current =
                number(status.getObservedGeneration()) >= set.getMetadata().getGeneration();
        return new Counts(
                component,
                (int) number(status.getDesiredNumberScheduled()),
                current ? (int) number(status.getNumberAvailable()) : 0,
                current ? (int) number(status.getUpdatedNumberScheduled()) : 0);
    }

    Counts counts(@Nullable Deployment deployment) {
        int desired = 1;
        return deployment == null || deployment.getStatus() == null
                ? new Counts(Component.MISC, desired, 0, 0)
                : new Counts(
                        Component.MISC,
                        desired,
                        (int) number(deployment.getStatus().getAvailableReplicas()),
                        (int) number(deployment.getStatus().getUpdatedReplicas()));
    }

    /** Of its pods; and of the pods that it may not have, if some are missing. */
    List<Trouble> troubles(Counts counts) {
        Component component = counts.component();
        List<Pod> own = podsOf(component).toList();
        List<Trouble> troubles = new ArrayList<>();
        own.forEach(pod -> PodTroubles.of(component, pod).ifPresent(troubles::add));
        if (own.size() < counts.desired()) {
            refusals.newest(blueprint.name(component), "FailedCreate")
                    .ifPresent(message -> troubles.add(new Trouble("", component, Reason.FAILED_CREATE, message)));
        }
        if (troubles.isEmpty() && counts.ready() < counts.desired()) {
            own.stream()
                    .filter(pod -> !PodTroubles.ready(pod) && pod.getMetadata().getDeletionTimestamp() == null)
                    .findFirst()
                    .flatMap(pod -> mount(component, pod))
                    .ifPresent(troubles::add);
        }
        return troubles;
    }

    boolean anyPods() {
        return !pods.isEmpty();
    }

    List<Publisher> publishers() {
        return podsOf(Component.PUBLISHER)
                .filter(pod -> pod.getStatus() != null
                        && pod.getStatus().getPodIP() != null
                        && pod.getSpec().getNodeName() != null
                        && pod.getMetadata().getDeletionTimestamp() == null)
                .map(pod -> new Publisher(
                        pod.getSpec().getNodeName(), pod.getStatus().getPodIP()))
                .toList();
    }

    private Optional<Trouble> mount(Component component, Pod pod) {
        String node = pod.getSpec().getNodeName() == null ? "" : pod.getSpec().getNodeName();
        return refusals.newest(pod.getMetadata().getName(), "FailedMount")
                .map(message -> new Trouble(node, component, Reason.MOUNT_FAILED, message));
    }

    private Stream<Pod> podsOf(Component component) {
        return pods.stream()
                .filter(pod ->
                        component.label().equals(pod.getMetadata().getLabels().get(Names.LABEL_COMPONENT)));
    }

    private static long number(@Nullable Number number) {
        return number == null ? 0 : number.longValue();
    }
}
