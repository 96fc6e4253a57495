/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.cluster;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.defender.operator.api.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the chart puts into a cluster for the operator: CRD, accounts, and the very rules that the chart has. */
public final class Installation {
    public static final String NAMESPACE = "defender-system";
    public static final String ACCOUNT = "defender-operator";

    private static final Path CHART = Path.of("../charts/defender-for-containers");

    private Installation() {}

    public static void into(KubernetesClient admin) throws IOException {
        admin.load(Files.newInputStream(CHART.resolve("files/crds/defenderprofiles.defender.dev.yaml")))
                .serverSideApply();
        apply(
                admin,
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build());
        for (String account :
                List.of("microsoft-defender-collector", "microsoft-defender-publisher", "microsoft-defender-misc")) {
            account(admin, Names.COMPONENT_NAMESPACE, account);
        }
        account(admin, NAMESPACE, ACCOUNT);
        clusterRole(admin);
        List<PolicyRule> inComponents = rules("operator-components.yaml");
        inComponents.add(new PolicyRuleBuilder()
                .withApiGroups("")
                .withResources("secrets")
                .withResourceNames(Names.DEFAULT_SECRET)
                .withVerbs("get")
                .build());
        role(admin, Names.COMPONENT_NAMESPACE, inComponents);
        role(admin, NAMESPACE, rules("operator-release.yaml"));
    }

    private static void clusterRole(KubernetesClient admin) throws IOException {
        apply(
                admin,
                new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(ACCOUNT)
                        .endMetadata()
                        .withRules(rules("operator-cluster.yaml"))
                        .build());
        apply(
                admin,
                new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(ACCOUNT)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", ACCOUNT)
                        .addNewSubject("", "ServiceAccount", ACCOUNT, NAMESPACE)
                        .build());
    }

    private static void role(KubernetesClient admin, String namespace, List<PolicyRule> rules) {
        apply(
                admin,
                new RoleBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(ACCOUNT)
                        .endMetadata()
                        .withRules(rules)
                        .build());
        apply(
                admin,
                new RoleBindingBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(ACCOUNT)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", ACCOUNT)
                        .addNewSubject("", "ServiceAccount", ACCOUNT, NAMESPACE)
                        .build());
    }

    private static List<PolicyRule> rules(String file) throws IOException {
        return new ArrayList<>(Serialization.unmarshal(
                Files.readString(CHART.resolve("files/rbac").resolve(file)), new TypeReference<List<PolicyRule>>() {}));
    }

    private static void account(KubernetesClient admin, String namespace, String name) {
        apply(
                admin,
                new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .build());
    }

    private static void apply(KubernetesClient admin, HasMetadata object) {
        admin.resource(object).forceConflicts().serverSideApply();
    }
}
