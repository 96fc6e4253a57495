/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.charts.Objects.Node;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the chart's accounts may do, and above all what not. */
class RightsTest {
    private static Objects objects;

    @BeforeAll
    static void render() {
        objects = Helm.ofThisMachine().template("global.imageRegistry=registry.example", "backend.enabled=true");
    }

    @Test
    void nobodyMayGiveRights() {
        assertThat(rules())
                .filteredOn(rule -> rule.list("apiGroups").contains(new Node("rbac.authorization.k8s.io")))
                .allSatisfy(rule -> assertThat(words(rule, "verbs")).isSubsetOf("get", "list", "watch"));
        assertThat(rules())
                .allSatisfy(rule -> assertThat(words(rule, "verbs"))
                        .doesNotContain("bind", "escalate", "impersonate", "deletecollection", "*"));
    }

    @Test
    void noRightIsForEverythingAndNoneReachesNodesByTheirProxy() {
        assertThat(rules())
                .allSatisfy(rule -> assertThat(words(rule, "resources"))
                        .isNotEmpty()
                        .doesNotContain("*", "nodes/proxy", "pods/exec", "pods/attach", "serviceaccounts/token"));
    }

    @Test
    void secretsAreReadByNameOnly() {
        assertThat(rules())
                .filteredOn(rule -> words(rule, "resources").contains("secrets"))
                .isNotEmpty()
                .allSatisfy(rule -> {
                    assertThat(words(rule, "resourceNames")).containsExactly("defender-onboarding");
                    assertThat(words(rule, "verbs")).isSubsetOf("get", "list", "watch");
                });
    }

    @Test
    void whoNeedsNoTokenGetsNone() {
        assertThat(objects.one("StatefulSet", "defender-backend")
                        .at("spec.template.spec.automountServiceAccountToken")
                        .value())
                .isEqualTo(false);
        assertThat(Stream.of("collector", "publisher", "misc"))
                .allSatisfy(name -> assertThat(objects.one("ServiceAccount", "microsoft-defender-" + name)
                                .at("automountServiceAccountToken")
                                .value())
                        .isEqualTo(false));
    }

    @Test
    void theHookHasRightsOfItsOwnAndATimeLimit() {
        Node job = objects.one("Job", "defender-uninstall");
        assertThat(job.text("spec.template.spec.serviceAccountName")).isEqualTo("defender-uninstall");
        assertThat((Integer) job.at("spec.activeDeadlineSeconds").value()).isGreaterThan(240);
        assertThat(job.at("metadata.annotations").value().toString())
                .contains("helm.sh/hook=pre-delete", "before-hook-creation,hook-succeeded");
    }

    private static List<Node> rules() {
        return Stream.of("Role", "ClusterRole")
                .flatMap(kind -> objects.kind(kind))
                .flatMap(role -> role.list("rules").stream())
                .toList();
    }

    private static List<String> words(Node rule, String key) {
        return rule.list(key).stream().map(word -> String.valueOf(word.value())).toList();
    }
}
