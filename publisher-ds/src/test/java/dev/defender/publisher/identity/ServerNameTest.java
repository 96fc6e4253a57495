/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.publisher.support.TestPki;
import java.security.cert.X509Certificate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerNameTest {
    private static final TestPki PKI = new TestPki();

    @ParameterizedTest
    @CsvSource({
        "backend.example, backend.example, true",
        "Backend.Example, bACKEND.example, true",
        "backend.example, example, false",
        "backend.example, x.backend.example, false",
        "*.example.org, backend.example.org, true",
        "*.example.org, example.org, false",
        "*.example.org, a.b.example.org, false",
        "*.org, example.org, false",
        "b*.example.org, backend.example.org, false",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "10.0.0.1, backend.example, false",
        "backend.example, 10.0.0.1, false"
    })
    void matchesAsRfc9525Says(String inCertificate, String dialled, boolean matches) throws Exception {
        X509Certificate certificate = PKI.serverCertificate(inCertificate);
        assertThat(ServerName.matches(certificate, dialled)).isEqualTo(matches);
    }
}
