/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.cluster;

import dev.defender.operator.api.Names;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Nodes without a kubelet. This takes a kubelet's part: it says of each pod that it runs, or why it does not. */
public final class FakeNodes implements AutoCloseable {
    private static final int LOOK_MILLIS = 150;

    private final KubernetesClient admin;
    private final Thread kubelet = new Thread(this::run, "fake-kubelet");
    private volatile Predicate<Pod> failing = pod -> false;
    private volatile @Nullable String silent;
    private volatile boolean stopped;

    public FakeNodes(KubernetesClient admin, int nodes) {
        this.admin = admin;
        for (int i = 1; i <= nodes; i++) {
            admin.resource(new NodeBuilder()
                            .withNewMetadata()
                            .withName("node-" + i)
                            .addToLabels("kubernetes.io/os", "linux")
                            .addToLabels("kubernetes.io/arch", "amd64")
                            .addToLabels("kubernetes.io/hostname", "node-" + i)
                            .endMetadata()
                            .build())
                    .serverSideApply();
        }
        kubelet.setDaemon(true);
        kubelet.start();
    }

    /** Pods that crash from now on; every other one becomes ready. */
    public void fail(Predicate<Pod> pods) {
        failing = pods;
    }

    /** This node's kubelet says nothing from now on: its pods are bound, never become ready, and never end. */
    public void silence(String node) {
        silent = node;
    }

    @Override
    public void close() {
        stopped = true;
        kubelet.interrupt();
        if (silent != null) {
            pods().forEach(pod -> admin.pods().resource(pod).withGracePeriod(0).delete());
        }
    }

    private void run() {
        while (!stopped) {
            try {
                pods().forEach(this::look);
                Thread.sleep(LOOK_MILLIS);
            } catch (KubernetesClientException e) {
                // The server is being restarted by a test.
                continue;
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private List<Pod> pods() {
        return admin.pods()
                .inNamespace(Names.COMPONENT_NAMESPACE)
                .withLabel(Names.LABEL_MANAGED_BY, Names.FIELD_MANAGER)
                .list()
                .getItems();
    }

    private void look(Pod pod) {
        String node = silent;
        if (node != null && node.equals(target(pod))) {
            bind(pod, node);
            return;
        }
        boolean fails = failing.test(pod);
        boolean ready = pod.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
        boolean crashing = pod.getStatus().getContainerStatuses().stream()
                .anyMatch(status -> status.getState().getWaiting() != null);
        if (fails ? crashing : ready) {
            return;
        }
        try {
            admin.pods().resource(pod).editStatus(current -> {
                current.setStatus(fails ? crashing() : ready());
                return current;
            });
        } catch (KubernetesClientException e) {
            // It was deleted, or changed, meanwhile; the next look sees what became of it.
            return;
        }
    }

    /** The node that the DaemonSet's controller has made it for; there is no scheduler. */
    private static String target(Pod pod) {
        return pod
                .getSpec()
                .getAffinity()
                .getNodeAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .getNodeSelectorTerms()
                .stream()
                .flatMap(term -> term.getMatchFields().stream())
                .flatMap(field -> field.getValues().stream())
                .findFirst()
                .orElse("");
    }

    /** A pod that is on no node would end at once when it is deleted. */
    private void bind(Pod pod, String node) {
        if (pod.getSpec().getNodeName() != null) {
            return;
        }
        try {
            admin.bindings()
                    .inNamespace(Names.COMPONENT_NAMESPACE)
                    .resource(new BindingBuilder()
                            .withNewMetadata()
                            .withNamespace(Names.COMPONENT_NAMESPACE)
                            .withName(pod.getMetadata().getName())
                            .endMetadata()
                            .withNewTarget()
                            .withKind("Node")
                            .withName(node)
                            .endTarget()
                            .build())
                    .create();
        } catch (KubernetesClientException e) {
            // It was deleted meanwhile; the next look sees what became of it.
            return;
        }
    }

    private static PodStatus ready() {
        String now = Instant.now().minusSeconds(60).toString();
        return new PodStatusBuilder()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withLastTransitionTime(now)
                .endCondition()
                .withInitContainerStatuses(new ContainerStatusBuilder()
                        .withName("drain")
                        .withImage("i")
                        .withImageID("i")
                        .withReady(true)
                        .withRestartCount(0)
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(0)
                        .withMessage("publisher: drained shipped=5 abandoned=2")
                        .endTerminated()
                        .endState()
                        .build())
                .build();
    }

    private static PodStatus crashing() {
        return new PodStatusBuilder()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("False")
                .endCondition()
                .withContainerStatuses(new ContainerStatusBuilder()
                        .withName("sensor")
                        .withImage("i")
                        .withImageID("i")
                        .withReady(false)
                        .withRestartCount(3)
                        .withNewState()
                        .withNewWaiting()
                        .withReason("CrashLoopBackOff")
                        .endWaiting()
                        .endState()
                        .withNewLastState()
                        .withNewTerminated()
                        .withExitCode(3)
                        .withMessage(
                                "sensor: cannot observe this host: no BTF; use a kernel with CONFIG_DEBUG_INFO_BTF")
                        .endTerminated()
                        .endLastState()
                        .build())
                .build();
    }
}
