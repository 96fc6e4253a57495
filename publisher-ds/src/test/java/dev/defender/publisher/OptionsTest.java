/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    private static final List<String> NEEDED =
            List.of("--endpoint=https://backend:8443", "--ca=/ca.pem", "--enrol-token-file=/token", "--node=n");

    private static Options parse(String... more) throws Exception {
        List<String> all = new ArrayList<>(NEEDED);
        all.addAll(List.of(more));
        return Options.parse(all.toArray(new String[0]));
    }

    @Test
    void whatIsNotGivenHasADefault() throws Exception {
        Options options = parse();
        assertThat(options.socket()).hasToString("/run/defender/publisher/sensor.sock");
        assertThat(options.spool()).hasToString("/var/lib/defender/publisher");
        assertThat(options.identity()).hasToString("/var/lib/defender/publisher/identity");
        assertThat(options.spoolMaxBytes()).isEqualTo(256L << 20);
        assertThat(options.health().getPort()).isEqualTo(9464);
        assertThat(parse("--health=off").health().isUnresolved()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "--sockt=/x, --sockt",
        "--bogus, --bogus",
        "socket, --option=value",
        "--socket, --option=value",
        "--endpoint=http://b, https://host:port",
        "--spool-max-bytes=many, --spool-max-bytes",
        "--spool-max-bytes=10, --spool-max-bytes",
        "--allow-uid=root:sensor, UID:PRODUCER_PREFIX",
        "--allow-uid=0:, UID:PRODUCER_PREFIX",
        "--health=9464, host:port",
        "--health=localhost:70000, 65535",
        "--allow-misc-uid=x, --allow-misc-uid",
        "--drain=0, --drain=0 is not between 1",
        "--onboarding=/o, --onboarding are both given"
    })
    void whatIsWrongIsSaidInOneSentence(String option, String said) {
        assertThatThrownBy(() -> parse(option))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said)
                .hasMessageNotContaining("\n");
    }

    @Test
    void anUnknownOptionIsSaidBeforeAMissingOne() {
        assertThatThrownBy(() -> Options.parse(new String[] {"--bogus"})).hasMessageContaining("no option --bogus");
    }

    @Test
    void aDirectoryStandsForAddressCaAndToken() throws Exception {
        Options options = Options.parse(
                new String[] {"--onboarding=/etc/o", "--node=n", "--misc-socket=/run/m.sock", "--drain=30"});
        assertThat(options.miscSocket()).hasToString("/run/m.sock");
        assertThat(options.drainSeconds()).isEqualTo(30);
        assertThat(parse().miscSocket()).isNull();
        assertThat(parse().drainSeconds()).isZero();
    }

    @Test
    void whatIsNeededIsNamed() {
        assertThatThrownBy(() -> Options.parse(new String[] {"--ca=/x"})).hasMessageContaining("--endpoint is missing");
    }
}
