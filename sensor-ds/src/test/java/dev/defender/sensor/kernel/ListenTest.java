/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.sensor.decode.EventType;
import org.junit.jupiter.api.Test;

class ListenTest {
    @Test
    void onAllAddresses() throws Exception {
        try (KernelFixture kernel = KernelFixture.open()) {
            String program = "socket(my $l, PF_INET, SOCK_STREAM, 0); listen($l, 5);"
                    + "my ($p) = unpack_sockaddr_in(getsockname($l)); print STDERR ''; exit 0;";
            Seen event = KernelFixture.only(kernel.run(Perl.program(program)), EventType.LISTEN);

            assertThat(event.net().family()).isEqualTo(4);
            assertThat(event.net().local()).isEqualTo("0.0.0.0");
            assertThat(event.net().fd()).isEqualTo(-1);
        }
    }

    @Test
    void aSocketThatNobodyListensOnIsNot() throws Exception {
        try (KernelFixture kernel = KernelFixture.open()) {
            String program = "socket(my $l, PF_INET, SOCK_STREAM, 0);"
                    + "bind($l, pack_sockaddr_in(0, inet_aton('127.0.0.1')));";

            assertThat(KernelFixture.ofType(kernel.run(Perl.program(program)), EventType.LISTEN))
                    .isEmpty();
        }
    }
}
