/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.status;

import dev.defender.operator.model.Component;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads from a pod's status what is wrong with it, if anything is. */
public final class PodTroubles {
    /** Exit status of a sensor that found out that it cannot observe its node. */
    private static final int CANNOT_OBSERVE = 3;

    private PodTroubles() {}

    /** Empty for a pod that works, goes, or has had no time yet. */
    public static Optional<Trouble> of(Component component, Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null || pod.getStatus() == null) {
            return Optional.empty();
        }
        String node = pod.getSpec().getNodeName() == null ? "" : pod.getSpec().getNodeName();
        if ("Failed".equals(pod.getStatus().getPhase())) {
            Reason reason = "Evicted".equals(pod.getStatus().getReason()) ? Reason.EVICTED : Reason.CRASH_LOOP;
            return Optional.of(
                    new Trouble(node, component, reason, text(pod.getStatus().getMessage())));
        }
        Optional<Trouble> ofContainer = containers(pod)
                .map(status -> trouble(node, component, status))
                .flatMap(Optional::stream)
                .findFirst();
        return ofContainer.or(() -> unschedulable(node, component, pod));
    }

    public static boolean ready(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                condition.getType().equals("Ready") && "True".equals(condition.getStatus()));
    }

    private static Stream<ContainerStatus> containers(Pod pod) {
        return Stream.concat(
                pod.getStatus().getInitContainerStatuses().stream(), pod.getStatus().getContainerStatuses().stream());
    }

    private static Optional<Trouble> trouble(String node, Component component, ContainerStatus status) {
        ContainerStateTerminated last =
                status.getLastState() == null ? null : status.getLastState().getTerminated();
        var waiting = status.getState() == null ? null : status.getState().getWaiting();
        if (waiting == null) {
            return Optional.empty();
        }
        Reason reason = switch (text(waiting.getReason())) {
            case "CrashLoopBackOff", "RunContainerError" -> ofLastEnd(component, last);
            case "ImagePullBackOff", "ErrImagePull", "InvalidImageName", "ErrImageNeverPull" -> Reason.IMAGE_PULL;
            case "CreateContainerConfigError" -> Reason.CONFIG_ERROR;
            case "CreateContainerError" -> Reason.CREATE_ERROR;
            default -> null;
        };
        if (reason == null) {
            return Optional.empty();
        }
        String said = last == null || text(last.getMessage()).isBlank()
                ? text(waiting.getMessage())
                : last.getMessage().strip();
        String end = last == null ? "" : " (exit status " + last.getExitCode() + ")";
        return Optional.of(new Trouble(
                node, component, reason, "container " + status.getName() + end + (said.isEmpty() ? "" : ": " + said)));
    }

    private static Reason ofLastEnd(Component component, @Nullable ContainerStateTerminated last) {
        if (last == null) {
            return Reason.CRASH_LOOP;
        }
        if ("OOMKilled".equals(last.getReason())) {
            return Reason.OOM_KILLED;
        }
        return component == Component.SENSOR && last.getExitCode() == CANNOT_OBSERVE
                ? Reason.CANNOT_OBSERVE
                : Reason.CRASH_LOOP;
    }

    private static Optional<Trouble> unschedulable(String node, Component component, Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> "PodScheduled".equals(condition.getType())
                        && "False".equals(condition.getStatus())
                        && "Unschedulable".equals(condition.getReason()))
                .map(PodCondition::getMessage)
                .map(message -> new Trouble(node, component, Reason.UNSCHEDULABLE, text(message)))
                .findFirst();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
