/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    @Test
    void everythingHasADefault() throws Exception {
        Options options = Options.parse(new String[0]);
        assertThat(options.socket()).isEqualTo(Path.of("/run/defender/publisher/sensor.sock"));
        assertThat(options.rules()).isEmpty();
        assertThat(options.replay()).isNull();
    }

    @Test
    void optionsAreTaken() throws Exception {
        Options options = Options.parse(
                new String[] {"--socket=/s", "--rules=/a,/b", "--node=n", "--replay=/c", "--replay-speed=full"});
        assertThat(options.rules()).containsExactly(Path.of("/a"), Path.of("/b"));
        assertThat(options.replay()).isEqualTo(Path.of("/c"));
        assertThat(options.recordedSpeed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "--sock=/s,unknown option --sock",
        "--socket,--socket needs a value",
        "--socket=,--socket needs a value",
        "--probe=yes,--probe takes no value",
        "--replay-speed=slow,--replay-speed is recorded or full",
        "--record-mask=maybe,--record-mask is true or false",
        "--record-cgroup=/x,--record-cgroup needs --record",
    })
    void whatCannotBeUsedIsNamed(String argument, String message) {
        assertThatThrownBy(() -> Options.parse(new String[] {argument}))
                .isInstanceOf(Options.UsageException.class)
                .hasMessageContaining(message);
    }
}
