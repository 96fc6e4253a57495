/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.operator.Profiles;
import dev.defender.operator.api.BackendSpec;
import dev.defender.operator.api.DefenderProfile;
import dev.defender.operator.config.OperatorConfig;
import dev.defender.operator.config.OperatorConfig.Images;
import dev.defender.operator.config.OperatorConfig.ServiceAccounts;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each object as YAML in {@code src/test/resources/manifests}: what a change of the code changes in clusters is seen in
 * its diff. {@code -Dcontract.accept} writes the files.
 */
class ManifestsTest {
    private static final Path MANIFESTS = Path.of("src/test/resources/manifests");
    private static final OperatorConfig CONFIG = new OperatorConfig(
            new Images("r.example/defender-sensor:1", "r.example/defender-publisher:1", "r.example/defender-misc:1"),
            "IfNotPresent",
            List.of("pull"),
            false,
            ServiceAccounts.DEFAULT,
            List.of(443, 6443, 8443, 16443));

    static Stream<Arguments> everyObject() {
        return Stream.of(
                object("sensor", blueprint -> SensorDaemonSet.of(blueprint, new IntOrString(1))),
                object("publisher", blueprint -> PublisherDaemonSet.of(blueprint, new IntOrString("10%"))),
                object("misc", MiscDeployment::of),
                object("cleanup", CleanupDaemonSet::of),
                object("policy-sensor", NetworkPolicies::sensor),
                object(
                        "policy-publisher",
                        blueprint -> NetworkPolicies.publisher(blueprint, URI.create("https://backend.example:8443"))),
                object(
                        "policy-publisher-service",
                        blueprint -> NetworkPolicies.publisher(
                                blueprint, URI.create("https://defender-backend.defender-system.svc"))),
                object("policy-misc", NetworkPolicies::misc));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyObject")
    void isAsAccepted(String name, Function<Blueprint, HasMetadata> object) throws IOException {
        String yaml =
                "# SPDX-License-Identifier: Apache-2.0\n" + Serialization.asYaml(object.apply(blueprint(profile())));
        Path file = MANIFESTS.resolve(name + ".yaml");
        if (System.getProperty("contract.accept") != null) {
            Files.createDirectories(MANIFESTS);
            Files.writeString(file, yaml);
        }
        assertThat(file).content().isEqualTo(yaml);
    }

    /** The API server drops them, and an apply would then differ from what is there for ever. A user id of 0 it keeps. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("everyObject")
    void hasNoValueThatTheApiServerDrops(String name, Function<Blueprint, HasMetadata> object) {
        assertThat(Serialization.asYaml(object.apply(blueprint(profile()))))
                .as(name)
                .doesNotContainPattern("(?<!runAsUser|runAsGroup): 0\n")
                .doesNotContain(": \"\"\n", ": []\n", "readOnly: false", "hostPID: false")
                .doesNotContainPattern("(?<!emptyDir|matchLabels): \\{}\n");
    }

    @Test
    void aPrefixIsInEveryNameAndSelector() {
        DefenderProfile profile = profile();
        profile.getSpec().namePrefix = "mine-";
        everyObject().forEach(arguments -> {
            @SuppressWarnings("unchecked")
            var object = (Function<Blueprint, HasMetadata>) arguments.get()[1];
            HasMetadata made = object.apply(blueprint(profile));
            assertThat(made.getMetadata().getName()).startsWith("mine-microsoft-defender-");
            assertThat(Serialization.asYaml(made).lines().filter(line -> line.contains("app.kubernetes.io/name")))
                    .allMatch(line -> line.contains("\"mine-microsoft-defender-"));
        });
    }

    @Test
    void onlyTheSensorIsUnconfinedAndOnlyMiscHasAToken() {
        everyObject().forEach(arguments -> {
            @SuppressWarnings("unchecked")
            var object = (Function<Blueprint, HasMetadata>) arguments.get()[1];
            String name = (String) arguments.get()[0];
            String yaml = Serialization.asYaml(object.apply(blueprint(profile())));
            assertThat(yaml.contains("Unconfined")).as(name).isEqualTo(name.equals("sensor"));
            assertThat(yaml.contains("automountServiceAccountToken: true"))
                    .as(name)
                    .isEqualTo(name.equals("misc"));
        });
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
            https://backend.example                 | -                       | -            | 443
            https://backend.example:8444            | -                       | -            | 8444
            https://b.ns.svc:9000                   | -                       | -            | 8443 9000
            https://b.ns.svc.cluster.local          | -                       | -            | 443 8443
            https://b.ns.svc.example.org            | -                       | -            | 443
            https://backend.example                 | http://proxy.example:80 | -            | 80
            https://backend.example                 | http://proxy.example:80 | .example     | 80 443
            https://b.ns.svc                        | http://proxy.example:80 | .svc         | 80 443 8443
            https://backend.example:3128            | http://proxy.example:3128 | other      | 3128
            """)
    void aPublisherMayTakeEveryWayThatItMayChoose(
            String endpoint, @Nullable String proxy, @Nullable String noProxy, String ports) {
        DefenderProfile profile = profile();
        BackendSpec backend = new BackendSpec();
        backend.httpsProxy = proxy;
        backend.noProxy = noProxy;
        profile.getSpec().backend = backend;
        assertThat(
                        NetworkPolicies.publisher(blueprint(profile), URI.create(endpoint))
                                .getSpec()
                                .getEgress()
                                .get(1)
                                .getPorts()
                                .stream()
                                .map(port -> port.getPort().getIntVal().toString())
                                .collect(Collectors.joining(" ")))
                .isEqualTo(ports);
    }

    private static Arguments object(String name, Function<Blueprint, HasMetadata> object) {
        return Arguments.of(name, object);
    }

    private static DefenderProfile profile() {
        DefenderProfile profile = Profiles.profile("default");
        profile.getMetadata().setUid("uid-of-the-profile");
        return profile;
    }

    private static Blueprint blueprint(DefenderProfile profile) {
        return Blueprint.of(profile, CONFIG, "defender-system");
    }
}
