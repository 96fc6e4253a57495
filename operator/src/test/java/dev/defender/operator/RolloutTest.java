/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator;

import static dev.defender.operator.Profiles.condition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.defender.operator.api.Names;
import dev.defender.operator.cluster.ApiServer;
import dev.defender.operator.cluster.Interruption;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** New versions, and what may come between. */
class RolloutTest extends ClusterTest {
    private static final String NEW_SENSOR = "r.example/defender-sensor:2";

    @Test
    void aVersionThatFailsGoesNoFurtherThanOneNodeAndGoesOnWhenItWorks() throws IOException {
        RunningOperator first = operator();
        create("default");
        becomes("default", "Ready", "True AllReady");
        first.close();

        nodes.fail(RolloutTest::newSensor);
        operator(Profiles.config("2"));
        becomes("default", "Progressing", "False Halted");
        assertThat(condition(admin, "default", "Degraded").orElseThrow().message())
                .contains("no BTF");
        assertThat(sensors()).filteredOn(RolloutTest::newSensor).hasSize(1);
        assertThat(sets(Names.SENSOR)
                        .get()
                        .getSpec()
                        .getUpdateStrategy()
                        .getRollingUpdate()
                        .getMaxUnavailable())
                .isEqualTo(new IntOrString(1));

        nodes.fail(pod -> false);
        becomes("default", "Ready", "True AllReady");
        assertThat(sensors()).hasSize(3).allMatch(RolloutTest::newSensor);
    }

    @Test
    void anotherOperatorGoesOnWhereOneWasKilled() throws IOException {
        RunningOperator first = operator();
        create("default");
        becomes("default", "Ready", "True AllReady");
        first.close();
        RunningOperator second = operator(Profiles.config("2"));
        until(() -> assertThat(sensors()).anyMatch(RolloutTest::newSensor));
        second.close();

        operator(Profiles.config("2"));
        until(() -> assertThat(sensors()).hasSize(3).allMatch(RolloutTest::newSensor));
        becomes("default", "Ready", "True AllReady");
    }

    @Test
    void anApiServerThatGoesAndComesBackIsFollowed() throws IOException {
        Interruption interruption = closing(new Interruption(ApiServer.get().url()));
        closing(new RunningOperator(Profiles.CONFIG, interruption.url()));
        create("default");
        becomes("default", "Ready", "True AllReady");
        interruption.begin();
        sets(Names.SENSOR).delete();
        until(() -> assertThat(sets(Names.SENSOR).get()).isNull());
        interruption.end();
        until(() -> assertThat(sets(Names.SENSOR).get()).isNotNull());
        becomes("default", "Ready", "True AllReady");
    }

    @Test
    void aRefusalByAdmissionIsToldInItsOwnWordsAndHeals() throws IOException {
        String policy = """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: no-host-pid}
                spec:
                  matchConstraints:
                    resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
                  validations:
                    - {expression: "!has(object.spec.hostPID) || !object.spec.hostPID", message: host pids are not for pods}
                """;
        String binding = """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: no-host-pid}
                spec: {policyName: no-host-pid, validationActions: [Deny]}
                """;
        admin.resource(Serialization.unmarshal(policy, ValidatingAdmissionPolicy.class))
                .create();
        var bound = admin.resource(Serialization.unmarshal(binding, ValidatingAdmissionPolicyBinding.class));
        bound.create();
        closing(() -> {
            bound.delete();
            admin.resource(Serialization.unmarshal(policy, ValidatingAdmissionPolicy.class))
                    .delete();
        });
        // A policy is not in force at once; a pod that is created before it would prove nothing.
        until(() -> assertThatThrownBy(() -> admin.pods()
                        .inNamespace("default")
                        .resource(hostPidPod())
                        .dryRun()
                        .create())
                .hasMessageContaining("host pids are not for pods"));
        operator();
        create("default");
        becomes("default", "Degraded", "True FailedCreate");
        assertThat(condition(admin, "default", "Degraded").orElseThrow().message())
                .contains("host pids are not for pods");

        bound.delete();
        becomes("default", "Ready", "True AllReady");
    }

    private List<Pod> sensors() {
        return admin.pods()
                .inNamespace(Names.COMPONENT_NAMESPACE)
                .withLabel(Names.LABEL_COMPONENT, "sensor")
                .list()
                .getItems();
    }

    private static boolean newSensor(Pod pod) {
        return pod.getSpec().getContainers().getFirst().getImage().equals(NEW_SENSOR);
    }

    private static Pod hostPidPod() {
        return Serialization.unmarshal(
                "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {hostPID: true, containers: [{name: c, image: i}]}",
                Pod.class);
    }
}
