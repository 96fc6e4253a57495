/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.defender.sensor.decode.EventType;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {
    @ParameterizedTest
    @CsvSource({"INET, 127.0.0.1, 4, 127.0.0.1", "INET6, ::1, 6, 0:0:0:0:0:0:0:1"})
    void isReportedByTheProcessThatGotTheConnection(String family, String address, int version, String shown)
            throws Exception {
        try (KernelFixture kernel = KernelFixture.open()) {
            String suffix = family.equals("INET") ? "in" : "in6";
            String program = "$| = 1; socket(my $l, PF_" + family + ", SOCK_STREAM, 0) or exit 8;"
                    + "bind($l, pack_sockaddr_" + suffix + "(0, inet_pton(AF_" + family + ", $ARGV[0]))) or exit 9;"
                    + "listen($l, 5); my ($p) = unpack_sockaddr_" + suffix + "(getsockname($l)); print \"$p\\n\";"
                    + "accept(my $c, $l); print fileno($c), \"\\n\";";
            Process process = kernel.cgroup.start(Perl.program(program, address));
            var output = process.inputReader(StandardCharsets.US_ASCII);
            String line = output.readLine();
            assumeTrue(line != null, "no " + family + " on the loopback device here");
            int port = Integer.parseInt(line);
            int clientPort;
            int fd;
            try (Socket client = new Socket(InetAddress.getByName(address), port)) {
                clientPort = client.getLocalPort();
                fd = Integer.parseInt(output.readLine());
                process.waitFor();
            }
            List<Seen> events = kernel.drain();
            Seen accept = KernelFixture.only(events, EventType.ACCEPT);
            Seen listen = KernelFixture.only(events, EventType.LISTEN);

            assertThat(accept.pid()).isEqualTo((int) process.pid());
            assertThat(accept.net()).isEqualTo(new Seen.Net(version, 6, shown, port, shown, clientPort, fd));
            assertThat(listen.pid()).isEqualTo((int) process.pid());
            assertThat(listen.net().family()).isEqualTo(version);
            assertThat(listen.net().local()).isEqualTo(shown);
            assertThat(listen.net().localPort()).isEqualTo(port);
            assertThat(listen.net().remotePort()).isZero();
        }
    }
}
