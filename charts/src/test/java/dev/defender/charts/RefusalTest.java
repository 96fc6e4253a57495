/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.charts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that cannot work are refused at helm install, in a sentence, and not found out by a pod that does not start. */
class RefusalTest {
    private static final String REGISTRY = "global.imageRegistry=registry.example";
    private static Helm helm;

    @BeforeAll
    static void findHelm() {
        helm = Helm.ofThisMachine();
    }

    @Test
    void anUnsetRegistryIsOneSentence() {
        Run run = helm.attempt();
        assertThat(run.status()).isNotZero();
        assertThat(run.output())
                .contains("global.imageRegistry is not set. Push the images with `make push REGISTRY=")
                .contains("--set global.imageRegistry=");
    }

    @ParameterizedTest
    @CsvSource({
        "global.imageRegistery=x, imageRegistery",
        "global.imageRegistry=https://registry.example, imageRegistry",
        "operater.replicas=2, operater",
        "sensor.resources.limits.cpu=1, resources",
        "backend.persistence.size=big, size",
        "sensor.image.digest=sha256:1, digest",
        "imagePullPolicy=Sometimes, imagePullPolicy",
        "global.imageTag=a/b, imageTag",
        "collectorMisc.apiServerPorts={0}, apiServerPorts",
        "backend.passwort=x, passwort",
    })
    void theSchemaIsClosed(String value, String named) {
        Run run = helm.attempt(REGISTRY, value);
        assertThat(run.status()).isNotZero();
        assertThat(run.output()).contains(named);
    }

    @ParameterizedTest
    @CsvSource({
        "backend.ingress.enabled=true, backend.ingress.host is not set",
        "backend.database.jdbcUrl=jdbc:postgresql://db/x, backend.database.user is not set",
        "backend.tls.certManager.enabled=true, backend.tls.certManager.issuerRef.name is not set",
    })
    void halfASettingIsNamed(String value, String sentence) {
        Run run = helm.attempt(REGISTRY, "backend.enabled=true", value);
        assertThat(run.status()).isNotZero();
        assertThat(run.output()).contains(sentence);
    }

    @Test
    void severalOperatorsWithoutAnElectionAreRefused() {
        Run run = helm.attempt(REGISTRY, "operator.replicas=2", "operator.leaderElection=false");
        assertThat(run.status()).isNotZero();
        assertThat(run.output()).contains("operator.leaderElection");
    }
}
