/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.defender.operator.api.DefenderProfile;
import dev.defender.operator.api.Names;
import dev.defender.operator.cleanup.NodeCleanup;
import dev.defender.operator.cluster.ApiServer;
import dev.defender.operator.cluster.Installation;
import dev.defender.operator.event.EventRecorder;
import dev.defender.operator.model.Blueprint;
import dev.defender.operator.ownership.Ownership;
import dev.defender.operator.service.Uninstall;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What must end although something does not answer. */
class UninstallTest extends ClusterTest {
    @Test
    void aNodeThatNeverAnswersHoldsTheDeletionNoLongerThanTheUninstallWaits() throws IOException {
        RunningOperator operator = operator();
        create("default");
        becomes("default", "Ready", "True AllReady");
        operator.close();
        nodes.silence("node-3");
        until(() -> assertThat(cleanupPods()).isEmpty());
        admin.resources(DefenderProfile.class).withName("default").delete();

        Duration late = Duration.ZERO;
        Cleaning first = new Cleaning();
        Cleaning second = new Cleaning();
        while (first.step(late) != null) {
            assertThat(late).isLessThanOrEqualTo(Duration.ofSeconds(280));
            if (sets(Names.CLEANUP).get() != null) {
                until(() -> assertThat(cleanupPods()).hasSize(3).contains("node-3 false", "- true"));
            }
            late = late.plusSeconds(10);
        }
        assertThat(second.step(late)).as("another process does not begin again").isNull();
        assertThat(sets(Names.CLEANUP).get()).isNull();
        assertThat(events())
                .anySatisfy(event -> assertThat(event)
                        .startsWith("NodesNotCleaned 1 of 3 nodes could not be cleaned in time on node-3"))
                .anySatisfy(event -> assertThat(event)
                        .startsWith("CleanupNotEnded 1 pods of the clean-up have not ended on node-3"));
    }

    @Test
    void withoutTheCrdThereIsNothingToUninstall() throws IOException {
        var crd = admin.apiextensions().v1().customResourceDefinitions().withName("defenderprofiles.defender.dev");
        crd.delete();
        try {
            until(() -> assertThatThrownBy(
                            () -> admin.resources(DefenderProfile.class).list())
                    .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            e -> assertThat(e.getCode()).isEqualTo(404)));
            assertThat(new Uninstall(admin, Profiles.CONFIG, Installation.NAMESPACE).run(Duration.ofSeconds(1)))
                    .isEmpty();
        } finally {
            until(() -> {
                assertThat(crd.get()).isNull();
                Installation.into(admin);
            });
            until(() -> assertThat(admin.resources(DefenderProfile.class).list().getItems())
                    .isEmpty());
        }
    }

    /** "node ready" of each of the clean-up's pods. */
    private List<String> cleanupPods() {
        return admin
                .pods()
                .inNamespace(Names.COMPONENT_NAMESPACE)
                .withLabel(Names.LABEL_NAME, Names.CLEANUP)
                .list()
                .getItems()
                .stream()
                .map(pod -> (pod.getSpec().getNodeName() == null
                                ? "-"
                                : pod.getSpec().getNodeName()) + " "
                        + pod.getStatus().getConditions().stream()
                                .anyMatch(condition -> condition.getType().equals("Ready")
                                        && condition.getStatus().equals("True")))
                .toList();
    }

    private List<String> events() {
        return admin.v1().events().inNamespace("default").list().getItems().stream()
                .map(event -> event.getReason() + " " + event.getMessage())
                .toList();
    }

    /** A process that cleans, with no more rights than the operator's, and its clock put on. */
    private final class Cleaning {
        private final KubernetesClient client =
                closing(ApiServer.get().as(Installation.NAMESPACE, Installation.ACCOUNT));
        private Duration late = Duration.ZERO;
        private final NodeCleanup cleanup = new NodeCleanup(
                client,
                new Ownership(client),
                new EventRecorder(client),
                () -> Instant.now().plus(late));

        @Nullable
        String step(Duration later) {
            late = later;
            DefenderProfile profile =
                    admin.resources(DefenderProfile.class).withName("default").get();
            return cleanup.step(profile, Blueprint.of(profile, Profiles.CONFIG, Installation.NAMESPACE));
        }
    }
}
