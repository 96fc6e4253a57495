/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator;

import static dev.defender.operator.Profiles.condition;
import static dev.defender.operator.Profiles.onboarding;
import static dev.defender.operator.Profiles.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.operator.api.DefenderProfile;
import dev.defender.operator.api.Names;
import dev.defender.operator.api.SecurityMonitoring;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From its creation to its deletion. */
class LifeOfAProfileTest extends ClusterTest {
    @Test
    void aProfileBecomesReadyAndAnotherLookWritesNothing() throws IOException {
        operator();
        create("default");
        becomes("default", "Ready", "True AllReady");
        assertThat(children())
                .containsOnlyKeys(
                        "DaemonSet microsoft-defender-collector-ds",
                        "DaemonSet microsoft-defender-publisher-ds",
                        "NetworkPolicy microsoft-defender-collector-ds",
                        "NetworkPolicy microsoft-defender-publisher-ds");

        Map<String, String> before = children();
        touch("default");
        until(() -> assertThat(admin.resources(DefenderProfile.class)
                        .withName("default")
                        .get()
                        .getStatus()
                        .observedGeneration())
                .isEqualTo(2));
        assertThat(children()).isEqualTo(before);
    }

    @Test
    void whatIsEditedOrDeletedByHandHeals() throws IOException {
        operator();
        create("default");
        becomes("default", "Ready", "True AllReady");
        sets(Names.SENSOR)
                .edit(set -> new DaemonSetBuilder(set)
                        .editSpec()
                        .editTemplate()
                        .editSpec()
                        .withHostPID(null)
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build());
        until(() -> assertThat(sets(Names.SENSOR)
                        .get()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getHostPID())
                .isTrue());

        String uid = sets(Names.PUBLISHER).get().getMetadata().getUid();
        sets(Names.PUBLISHER).delete();
        until(() -> assertThat(sets(Names.PUBLISHER).get())
                .isNotNull()
                .extracting(set -> set.getMetadata().getUid())
                .isNotEqualTo(uid));
        becomes("default", "Ready", "True AllReady");
    }

    @Test
    void aMissingSecretIsNamedWithTheCommandAndItsComingHeals() throws IOException {
        admin.resource(onboarding()).delete();
        operator();
        create("default");
        becomes("default", "CredentialsInvalid", "True MissingSecret");
        assertThat(condition(admin, "default", "CredentialsInvalid")
                        .orElseThrow()
                        .message())
                .contains("kube-system/defender-onboarding", "defenderctl cluster add");
        assertThat(state(admin, "default", "Stalled")).isEqualTo("True MissingSecret");
        assertThat(children()).isEmpty();

        admin.resource(onboarding()).create();
        becomes("default", "Ready", "True AllReady");
        assertThat(state(admin, "default", "CredentialsInvalid")).isEqualTo("absent");
    }

    @Test
    void theOlderOfTwoProfilesCountsUntilItGoes() throws IOException {
        operator();
        create("default");
        becomes("default", "Ready", "True AllReady");
        create("second");
        becomes("second", "Conflict", "True AnotherProfile");
        assertThat(sets(Names.SENSOR).get().getMetadata().getLabels()).containsEntry(Names.LABEL_PROFILE, "default");

        admin.resources(DefenderProfile.class).withName("default").delete();
        becomes("second", "Ready", "True AllReady");
        assertThat(sets(Names.SENSOR).get().getMetadata().getLabels()).containsEntry(Names.LABEL_PROFILE, "second");
    }

    @Test
    void aForeignDaemonSetStaysByteIdenticalThroughApplyAndDelete() throws IOException {
        String planted = plant();
        operator();
        create("default");
        becomes("default", "ForeignComponent", "True NameTaken");
        assertThat(condition(admin, "default", "ForeignComponent").orElseThrow().message())
                .contains("DaemonSet kube-system/" + Names.PUBLISHER, "aks-addon-manager", "namePrefix");
        assertThat(children()).containsOnlyKeys("DaemonSet " + Names.PUBLISHER);

        admin.resources(DefenderProfile.class).withName("default").delete();
        until(() -> assertThat(admin.resources(DefenderProfile.class)
                        .withName("default")
                        .get())
                .isNull());
        assertThat(Serialization.asJson(sets(Names.PUBLISHER).get())).isEqualTo(planted);
    }

    @Test
    void switchedOffNothingRunsAndDeletedNothingIsLeft() throws IOException {
        operator();
        create("default");
        becomes("default", "Ready", "True AllReady");
        SecurityMonitoring off = new SecurityMonitoring();
        off.enabled = false;
        edit("default", profile -> profile.getSpec().securityMonitoring = off);
        becomes("default", "Ready", "True Disabled");
        assertThat(children()).isEmpty();

        admin.resources(DefenderProfile.class).withName("default").delete();
        until(() -> assertThat(admin.resources(DefenderProfile.class)
                        .withName("default")
                        .get())
                .isNull());
        assertThat(children()).isEmpty();
        assertThat(admin.v1().events().inNamespace("default").list().getItems()).anySatisfy(event -> {
            assertThat(event.getReason()).isEqualTo("NodesCleaned");
            assertThat(event.getMessage()).contains("3 nodes are clean", "15 spooled", "6 abandoned");
        });
    }

    private String plant() {
        DaemonSet foreign = new DaemonSetBuilder()
                .withNewMetadata()
                .withNamespace(Names.COMPONENT_NAMESPACE)
                .withName(Names.PUBLISHER)
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .addToMatchLabels("app", "defender-k8s-sensor")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "defender-k8s-sensor")
                .endMetadata()
                .withNewSpec()
                .addToNodeSelector("no", "node")
                .addNewContainer()
                .withName("c")
                .withImage("mcr.example/publisher:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
        admin.resource(foreign).fieldManager("aks-addon-manager").serverSideApply();
        until(() -> assertThat(sets(Names.PUBLISHER).get().getStatus().getObservedGeneration())
                .isEqualTo(1));
        return Serialization.asJson(sets(Names.PUBLISHER).get());
    }
}
