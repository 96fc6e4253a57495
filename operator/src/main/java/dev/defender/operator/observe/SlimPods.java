/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.observe;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps of each pod what the status needs, about a tenth of it. Whole pods of 5,000 nodes would not fit into the heap. */
public final class SlimPods extends BasicItemStore<Pod> {
    private static final int LONGEST_MESSAGE = 512;

    public SlimPods() {
        super(Cache::metaNamespaceKeyFunc);
    }

    @Override
    public @Nullable Pod put(String key, Pod pod) {
        return super.put(key, slim(pod));
    }

    static Pod slim(Pod pod) {
        var meta = pod.getMetadata();
        var builder = new PodBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withNamespace(meta.getNamespace())
                        .withName(meta.getName())
                        .withUid(meta.getUid())
                        .withResourceVersion(meta.getResourceVersion())
                        .withLabels(meta.getLabels())
                        .withCreationTimestamp(meta.getCreationTimestamp())
                        .withDeletionTimestamp(meta.getDeletionTimestamp())
                        .build())
                .withSpec(new PodSpecBuilder().withNodeName(node(pod)).build());
        var status = pod.getStatus();
        if (status != null) {
            builder.withStatus(new PodStatusBuilder()
                    .withPhase(status.getPhase())
                    .withReason(status.getReason())
                    .withMessage(clip(status.getMessage()))
                    .withPodIP(status.getPodIP())
                    .withConditions(status.getConditions().stream()
                            .filter(condition -> condition.getType().equals("Ready")
                                    || condition.getType().equals("PodScheduled"))
                            .toList())
                    .withInitContainerStatuses(slim(status.getInitContainerStatuses()))
                    .withContainerStatuses(slim(status.getContainerStatuses()))
                    .build());
        }
        return builder.build();
    }

    private static List<ContainerStatus> slim(List<ContainerStatus> statuses) {
        return statuses.stream().map(SlimPods::slim).toList();
    }

    private static ContainerStatus slim(ContainerStatus status) {
        ContainerStatus slim = new ContainerStatus();
        slim.setName(status.getName());
        slim.setReady(status.getReady());
        slim.setRestartCount(status.getRestartCount());
        slim.setState(status.getState());
        slim.setLastState(status.getLastState());
        return slim;
    }

    /** A pod of a DaemonSet is bound to its node by affinity before it is scheduled there. */
    private static @Nullable String node(Pod pod) {
        String node = pod.getSpec().getNodeName();
        if (node != null
                || pod.getSpec().getAffinity() == null
                || pod.getSpec().getAffinity().getNodeAffinity() == null) {
            return node;
        }
        var required =
                pod.getSpec().getAffinity().getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution();
        return required == null
                ? null
                : required.getNodeSelectorTerms().stream()
                        .flatMap(term -> term.getMatchFields().stream())
                        .filter(field -> "metadata.name".equals(field.getKey()))
                        .flatMap(field -> field.getValues().stream())
                        .findFirst()
                        .orElse(null);
    }

    private static @Nullable String clip(@Nullable String text) {
        return text == null || text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE);
    }
}
