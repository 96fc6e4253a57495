/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.charts.Objects.Node;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart renders over the values that people set. */
class ChartTest {
    private static final String REGISTRY = "global.imageRegistry=registry.example/security";
    private static final List<List<String>> VALUES = List.of(
            List.of(REGISTRY),
            List.of(REGISTRY, "backend.enabled=true"),
            List.of(
                    REGISTRY,
                    "backend.enabled=true",
                    "backend.ingress.enabled=true",
                    "backend.ingress.host=defender.example",
                    "backend.tls.certManager.enabled=true",
                    "backend.tls.certManager.issuerRef.name=authority"),
            List.of(
                    REGISTRY,
                    "backend.enabled=true",
                    "backend.database.jdbcUrl=jdbc:postgresql://db/defender",
                    "backend.database.user=defender",
                    "backend.database.passwordSecretName=db",
                    "backend.tls.secretName=tls"),
            List.of(
                    REGISTRY,
                    "collectorMisc.enabled=false",
                    "uninstall.enabled=false",
                    "preflight.enabled=false",
                    "admissionPolicy.enabled=false",
                    "crds.install=false"));

    private static Helm helm;

    @BeforeAll
    static void findHelm() {
        helm = Helm.ofThisMachine();
    }

    static Stream<List<String>> values() {
        return VALUES.stream();
    }

    private static Objects render(List<String> values) {
        return helm.template(values.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("values")
    void lints(List<String> values) {
        assertThat(helm.lint(values.toArray(String[]::new)).good()).contains("0 chart(s) failed");
    }

    /** Pods of the components are the operator's and have rights of their own. */
    @ParameterizedTest
    @MethodSource("values")
    void eachPodIsRestricted(List<String> values) {
        List<Node> pods = Stream.of("Deployment", "StatefulSet", "Job")
                .flatMap(kind -> render(values).kind(kind))
                .map(workload -> workload.at("spec.template.spec"))
                .toList();
        assertThat(pods).isNotEmpty().allSatisfy(pod -> {
            assertThat(pod.at("securityContext.runAsNonRoot").value()).isEqualTo(true);
            assertThat(pod.text("securityContext.seccompProfile.type")).isEqualTo("RuntimeDefault");
            assertThat(pod.text("nodeSelector.kubernetes.io/arch")).isEmpty();
            assertThat(pod.at("nodeSelector").value())
                    .isEqualTo(Map.of("kubernetes.io/os", "linux", "kubernetes.io/arch", "amd64"));
            assertThat(pod.list("containers")).isNotEmpty().allSatisfy(container -> {
                assertThat(container.at("securityContext.capabilities").value())
                        .isEqualTo(Map.of("drop", List.of("ALL")));
                assertThat(container
                                .at("securityContext.readOnlyRootFilesystem")
                                .value())
                        .isEqualTo(true);
                assertThat(container
                                .at("securityContext.allowPrivilegeEscalation")
                                .value())
                        .isEqualTo(false);
                assertThat(container.text("resources.limits.memory")).isNotEmpty();
                assertThat(container.text("image")).startsWith("registry.example/security/defender-");
            });
        });
    }

    /** A selector cannot be changed once it is in a cluster: these are for ever. */
    @Test
    void selectorsAreNameAndInstance() {
        Objects objects = helm.template(REGISTRY, "backend.enabled=true");
        assertThat(objects.one("Deployment", "defender-operator")
                        .at("spec.selector.matchLabels")
                        .value())
                .isEqualTo(Map.of(
                        "app.kubernetes.io/name", "defender-operator", "app.kubernetes.io/instance", "defender"));
        assertThat(objects.one("StatefulSet", "defender-backend")
                        .at("spec.selector.matchLabels")
                        .value())
                .isEqualTo(
                        Map.of("app.kubernetes.io/name", "defender-backend", "app.kubernetes.io/instance", "defender"));
    }

    @Test
    void registryDigestsAndPullSecretsReachTheOperatorsConfiguration() {
        String digest = "sha256:" + "a".repeat(64);
        Objects objects = helm.template(
                REGISTRY,
                "sensor.image.digest=" + digest,
                "sensor.image.tag=loses",
                "publisher.image.tag=1.2",
                "global.imagePullSecrets={pull}");
        Node configuration = configuration(objects);
        assertThat(configuration.text("images.sensor"))
                .isEqualTo("registry.example/security/defender-sensor@" + digest);
        assertThat(configuration.text("images.publisher"))
                .isEqualTo("registry.example/security/defender-publisher:1.2");
        assertThat(configuration.at("imagePullSecrets").value()).isEqualTo(List.of("pull"));
        assertThat(objects.one("Deployment", "defender-operator")
                        .at("spec.template.spec.imagePullSecrets.0.name")
                        .value())
                .isEqualTo("pull");
    }

    @Test
    void oneTagIsThatOfEveryImageWithoutItsOwn() {
        String digest = "sha256:" + "a".repeat(64);
        Node configuration = configuration(helm.template(
                REGISTRY, "global.imageTag=2.0", "publisher.image.tag=1.2", "collectorMisc.image.digest=" + digest));
        assertThat(configuration.text("images.sensor")).endsWith("/defender-sensor:2.0");
        assertThat(configuration.text("images.publisher")).endsWith("/defender-publisher:1.2");
        assertThat(configuration.text("images.misc")).endsWith("/defender-misc@" + digest);
    }

    @Test
    void portsOfTheApiServerReachTheOperatorsConfiguration() {
        assertThat(configuration(helm.template(REGISTRY)).at("apiServerPorts").value())
                .isEqualTo(List.of(443, 6443, 8443, 16443));
        assertThat(configuration(helm.template(REGISTRY, "collectorMisc.apiServerPorts={7443}"))
                        .at("apiServerPorts")
                        .value())
                .isEqualTo(List.of(7443));
    }

    @Test
    void aChangedConfigurationRollsTheOperator() {
        String path = "spec.template.metadata.annotations";
        assertThat(helm.template(REGISTRY)
                        .one("Deployment", "defender-operator")
                        .at(path)
                        .value())
                .isNotEqualTo(helm.template(REGISTRY, "sensor.image.tag=other")
                        .one("Deployment", "defender-operator")
                        .at(path)
                        .value());
    }

    @Test
    void theCrdIsTheGeneratedOneAndStays() {
        Node rendered = helm.template(REGISTRY).one("CustomResourceDefinition", "defenderprofiles.defender.dev");
        Node generated = Objects.parse(Source.read(Source.ROOT.resolve("crds/defenderprofiles.defender.dev.yaml")))
                .nodes()
                .findFirst()
                .orElseThrow();
        assertThat(rendered.at("spec").value()).isEqualTo(generated.at("spec").value());
        assertThat(rendered.at("metadata.annotations").value()).isEqualTo(Map.of("helm.sh/resource-policy", "keep"));
    }

    private static Node configuration(Objects objects) {
        return Objects.parse(
                        objects.one("ConfigMap", "defender-operator").at("data").value() instanceof Map<?, ?> data
                                ? String.valueOf(data.get("operator.yaml"))
                                : "")
                .nodes()
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theProfileIsNeverRendered() {
        VALUES.forEach(
                values -> assertThat(render(values).kind("DefenderProfile")).isEmpty());
    }
}
