/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator;

import static dev.defender.operator.Profiles.onboarding;
import static dev.defender.operator.Profiles.profile;
import static dev.defender.operator.Profiles.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.defender.operator.api.DefenderProfile;
import dev.defender.operator.api.Names;
import dev.defender.operator.cluster.ApiServer;
import dev.defender.operator.cluster.FakeNodes;
import dev.defender.operator.cluster.Installation;
import dev.defender.operator.config.OperatorConfig;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Ground of the tests that run the operator against a real API server and real controllers; only kubelets are played. */
abstract class ClusterTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    final KubernetesClient admin = ApiServer.get().admin();
    final FakeNodes nodes = new FakeNodes(admin, 3);
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void install() throws IOException {
        Installation.into(admin);
        admin.resource(onboarding()).serverSideApply();
    }

    @AfterEach
    void remove() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        for (DefenderProfile profile :
                admin.resources(DefenderProfile.class).list().getItems()) {
            admin.resource(profile).edit(current -> {
                current.getMetadata().setFinalizers(List.of());
                return current;
            });
            admin.resource(profile).delete();
        }
        admin.apps().daemonSets().inNamespace(Names.COMPONENT_NAMESPACE).delete();
        admin.network()
                .v1()
                .networkPolicies()
                .inNamespace(Names.COMPONENT_NAMESPACE)
                .delete();
        until(() -> assertThat(children()).isEmpty());
        nodes.close();
        admin.close();
    }

    Resource<DaemonSet> sets(String name) {
        return admin.apps().daemonSets().inNamespace(Names.COMPONENT_NAMESPACE).withName(name);
    }

    /** Every workload and policy in the components' namespace, with its version apart from what its controller writes. */
    Map<String, String> children() {
        Map<String, String> found = new TreeMap<>();
        List<HasMetadata> all = new ArrayList<>();
        all.addAll(admin.apps()
                .daemonSets()
                .inNamespace(Names.COMPONENT_NAMESPACE)
                .list()
                .getItems());
        all.addAll(admin.apps()
                .deployments()
                .inNamespace(Names.COMPONENT_NAMESPACE)
                .list()
                .getItems());
        all.addAll(admin.resources(NetworkPolicy.class)
                .inNamespace(Names.COMPONENT_NAMESPACE)
                .list()
                .getItems());
        all.forEach(object -> found.put(
                object.getKind() + " " + object.getMetadata().getName(),
                object.getMetadata().getResourceVersion()));
        return found;
    }

    RunningOperator operator() throws IOException {
        return operator(Profiles.CONFIG);
    }

    RunningOperator operator(OperatorConfig config) throws IOException {
        return closing(new RunningOperator(config));
    }

    /** Closed at the end of the test. */
    <T extends AutoCloseable> T closing(T each) {
        open.add(each);
        return each;
    }

    void create(String name) {
        admin.resource(profile(name)).create();
    }

    void touch(String name) {
        edit(name, profile -> profile.getSpec().logAnalyticsWorkspaceResourceId = "/subscriptions/1/workspaces/w");
    }

    void edit(String name, Consumer<DefenderProfile> change) {
        admin.resources(DefenderProfile.class).withName(name).edit(profile -> {
            change.accept(profile);
            return profile;
        });
    }

    void becomes(String profile, String type, String state) {
        until(() -> assertThat(state(admin, profile, type))
                .as(() -> Serialization.asYaml(
                        admin.resources(DefenderProfile.class).withName(profile).get()))
                .isEqualTo(state));
    }

    static void until(ThrowingRunnable holds) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(250)).untilAsserted(holds);
    }
}
