/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.cluster;

import dev.defender.operator.api.Names;
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

/** Nodes without a kubelet. This takes a kubelet's part: it says of each pod that it runs, or why it does not. */
public final class FakeNodes implements AutoCloseable {
    private static final int LOOK_MILLIS = 150;

    private final KubernetesClient admin;
    private final Thread kubelet = new Thread(this::run, "fake-kubelet");
    private volatile Predicate<Pod> failing = pod -> false;
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

    @Override
    public void close() {
        stopped = true;
        kubelet.interrupt();
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
