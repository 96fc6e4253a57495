/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    @Test
    void whatIsNotGivenHasADefault() {
        OperatorConfig config = ConfigFile.parse("images: {sensor: r/s:1, publisher: r/p@sha256:ab}");
        assertThat(config.images().misc()).isNull();
        assertThat(config.imagePullPolicy()).isEqualTo("IfNotPresent");
        assertThat(config.leaderElection()).isFalse();
        assertThat(config.apiServerPorts()).containsExactly(443, 6443, 8443, 16443);
        assertThat(config.serviceAccounts().publisher()).isEqualTo("microsoft-defender-publisher");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {images: {sensor: s, publisher: p}, imagePullPolcy: Always} | there is no key "imagePullPolcy"
            {images: {sensor: s, publisher: p, sensr: x}}               | there is no key "images.sensr"
            {images: {publisher: p}}                                    | images.sensor is missing
            {images: {sensor: /x, publisher: p}}                        | images.sensor is "/x", which is no image reference
            {images: {sensor: s, publisher: p}, imagePullPolicy: Often} | imagePullPolicy is "Often"
            {images: {sensor: s, publisher: p}, leaderElection: perhaps} | leaderElection
            {images: {sensor: s, publisher: p}, apiServerPorts: [0]}    | apiServerPorts has 0
            {images: {sensor: "s                                        | not YAML at line 1
            """)
    void saysWhereItIsWrong(String yaml, String said) {
        assertThatThrownBy(() -> ConfigFile.parse(yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> ConfigFile.read(Path.of("nowhere/operator.yaml")))
                .hasMessageContaining("nowhere/operator.yaml is not there; --config names");
    }
}
