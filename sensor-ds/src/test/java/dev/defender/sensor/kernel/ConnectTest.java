/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.defender.sensor.decode.EventType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectTest {
    private static @Nullable KernelFixture shared;

    private KernelFixture kernel;

    @BeforeAll
    static void open() throws IOException {
        shared = KernelFixture.open();
    }

    @BeforeEach
    void forgetWhatCameBefore() throws IOException {
        kernel = Objects.requireNonNull(shared);
        kernel.reset();
    }

    @AfterAll
    static void close() throws IOException {
        if (shared != null) {
            shared.close();
        }
    }

    private Seen connect(String server, String family, String target) throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getByName(server))) {
            String pack = family.equals("INET") ? "pack_sockaddr_in" : "pack_sockaddr_in6";
            String program = "socket(my $s, PF_" + family + ", SOCK_STREAM, 0) or exit 8;" + "connect($s, " + pack
                    + "($ARGV[0], inet_pton(AF_" + family + ", $ARGV[1]))) or exit 9;";
            Process process =
                    kernel.cgroup.start(Perl.program(program, Integer.toString(listening.getLocalPort()), target));
            assumeTrue(process.waitFor() == 0, "no " + family + " on the loopback device here");
            List<Seen> events = kernel.drain();
            Seen event = KernelFixture.only(events, EventType.CONNECT);
            assertThat(event.pid()).isEqualTo((int) process.pid());
            assertThat(event.comm()).isEqualTo("perl");
            assertThat(event.net().protocol()).isEqualTo(6);
            assertThat(event.net().remotePort()).isEqualTo(listening.getLocalPort());
            return event;
        }
    }

    @Test
    void version4() throws Exception {
        Seen event = connect("127.0.0.1", "INET", "127.0.0.1");

        assertThat(event.net().family()).isEqualTo(4);
        assertThat(event.net().remote()).isEqualTo("127.0.0.1");
        assertThat(event.net().local()).isEqualTo("127.0.0.1");
    }

    @Test
    void version6() throws Exception {
        Seen event = connect("::1", "INET6", "::1");

        assertThat(event.net().family()).isEqualTo(6);
        assertThat(event.net().remote()).isEqualTo("0:0:0:0:0:0:0:1");
        assertThat(event.net().local()).isEqualTo("0:0:0:0:0:0:0:1");
    }

    @Test
    void aMappedAddressIsTheVersion4AddressThatItIs() throws Exception {
        Seen event = connect("127.0.0.1", "INET6", "::ffff:127.0.0.1");

        assertThat(event.net().family()).isEqualTo(4);
        assertThat(event.net().remote()).isEqualTo("127.0.0.1");
    }

    @Test
    void anAttemptThatIsRefusedIsAnAttempt() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = closed.getLocalPort();
        }
        String program = "socket(my $s, PF_INET, SOCK_STREAM, 0);"
                + "connect($s, pack_sockaddr_in($ARGV[0], inet_aton('127.0.0.1')));";
        List<Seen> events = kernel.run(Perl.program(program, Integer.toString(port)));

        assertThat(KernelFixture.only(events, EventType.CONNECT).net().remotePort())
                .isEqualTo(port);
    }

    @Test
    void unixSocketsAndDatagramsAreNot() throws Exception {
        String program = "socket(my $u, PF_UNIX, SOCK_STREAM, 0); connect($u, pack_sockaddr_un('/nowhere'));"
                + "socket(my $d, PF_INET, SOCK_DGRAM, 0); connect($d, pack_sockaddr_in(9, inet_aton('127.0.0.1')));";

        assertThat(KernelFixture.ofType(kernel.run(Perl.program(program)), EventType.CONNECT))
                .isEmpty();
    }
}
