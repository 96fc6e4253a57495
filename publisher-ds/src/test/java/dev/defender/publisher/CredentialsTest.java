/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.defender.protocol.wire.Lanes;
import dev.defender.publisher.support.ConnectProxy;
import dev.defender.publisher.support.RunningPublisher.Home;
import dev.defender.publisher.support.ScriptedBackend;
import dev.defender.publisher.support.TestPki;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who the node is, whom it trusts, and through what it gets there. The publisher's own health record is the load. */
class CredentialsTest {
    private final TestPki pki = new TestPki();
    private final Home home;

    CredentialsTest(@TempDir Path directory) throws Exception {
        home = new Home(directory, pki);
    }

    private static void awaitDelivery(ScriptedBackend backend, int records) {
        await().until(() -> backend.items("publisher", Lanes.URGENT).size() >= records);
    }

    @Test
    void aWrongTokenIsACleanConditionAndARightOneHealsIt() throws Exception {
        try (ScriptedBackend backend = new ScriptedBackend(pki)) {
            backend.token("another");
            try (LocalNode node = new LocalNode(home.options(backend.endpoint()))) {
                node.awaitLine("CredentialsInvalid (Rejected401): the backend refuses to enrol this node");
                assertThat(node.output()).contains("the token is not known").doesNotContain(ScriptedBackend.TOKEN);
                Files.writeString(home.token(), "another");
                awaitDelivery(backend, 1);
                node.awaitLine("CredentialsInvalid: resolved");
            }
        }
    }

    @Test
    void aMissingTokenNamesTheFile() throws Exception {
        Files.delete(home.token());
        try (ScriptedBackend backend = new ScriptedBackend(pki);
                LocalNode node = new LocalNode(home.options(backend.endpoint()))) {
            node.awaitLine("the token file --enrol-token-file=" + home.token() + " does not exist");
        }
    }

    @Test
    void anEmptyTokenIsNotShownToTheBackend() throws Exception {
        Files.writeString(home.token(), "\n");
        try (ScriptedBackend backend = new ScriptedBackend(pki);
                LocalNode node = new LocalNode(home.options(backend.endpoint()))) {
            node.awaitLine(
                    "CredentialsInvalid (Unusable): the token file --enrol-token-file=" + home.token() + " is empty");
            Files.writeString(home.token(), ScriptedBackend.TOKEN);
            awaitDelivery(backend, 1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rubbish, holds no CERTIFICATE in PEM",
        "-----BEGIN CERTIFICATE-----cnViYmlzaA==-----END CERTIFICATE-----, holds a certificate that cannot be read",
        "'', is empty"
    })
    void aCaFileWithoutACertificateIsNamed(String content, String said) throws Exception {
        String good = Files.readString(home.ca());
        Files.writeString(home.ca(), content);
        try (ScriptedBackend backend = new ScriptedBackend(pki);
                LocalNode node = new LocalNode(home.options(backend.endpoint()))) {
            node.awaitLine("CredentialsInvalid (Unusable): the CA file --ca=" + home.ca() + " " + said);
            assertThat(node.output()).doesNotContain("BackendUnreachable");
            Files.writeString(home.ca(), good);
            awaitDelivery(backend, 1);
            node.awaitLine("CredentialsInvalid: resolved");
        }
    }

    @Test
    void aBackendThatCannotEnrolNowIsNotTakenForWrongCredentials() throws Exception {
        try (ScriptedBackend backend = new ScriptedBackend(pki)) {
            backend.refuseEnrolment(503);
            try (LocalNode node = new LocalNode(home.options(backend.endpoint()))) {
                node.awaitLine("BackendRefuses (Enrolment503)");
                backend.refuseEnrolment(0);
                awaitDelivery(backend, 1);
                node.awaitLine("BackendRefuses: resolved");
                assertThat(node.output()).doesNotContain("CredentialsInvalid");
            }
        }
    }

    @Test
    void theIdentityIsKeptAcrossRestarts() throws Exception {
        try (ScriptedBackend backend = new ScriptedBackend(pki)) {
            for (int start = 1; start <= 2; start++) {
                int records = start;
                try (LocalNode node = new LocalNode(home.options(backend.endpoint()))) {
                    awaitDelivery(backend, records);
                    assertThat(node.output()).contains("ready");
                }
            }
            assertThat(backend.enrolments()).isEqualTo(1);
        }
    }

    @Test
    void theCertificateIsRenewedInTimeAndUsed() throws Exception {
        try (ScriptedBackend backend = new ScriptedBackend(pki)) {
            backend.certificates(Duration.ofHours(1), Duration.ofSeconds(1));
            try (LocalNode node = new LocalNode(home.options(backend.endpoint()))) {
                await().until(() -> backend.renewals() >= 2);
                assertThat(backend.enrolments()).isEqualTo(1);
                assertThat(node.output()).doesNotContain("CredentialsInvalid");
            }
        }
    }

    @Test
    void anExpiredCertificateIsReplacedWithTheToken() throws Exception {
        try (ScriptedBackend backend = new ScriptedBackend(pki)) {
            backend.certificates(Duration.ofSeconds(-1), Duration.ofSeconds(-1));
            try (LocalNode node = new LocalNode(home.options(backend.endpoint()))) {
                await().until(() -> backend.enrolments() >= 1);
                backend.certificates(Duration.ofHours(1), Duration.ofMinutes(30));
                awaitDelivery(backend, 1);
                assertThat(node.output()).contains("enrolled");
            }
        }
    }

    @Test
    void aServerOfAnotherAuthorityGetsNothingUntilItsCaIsGiven() throws Exception {
        TestPki other = new TestPki();
        try (ScriptedBackend backend = new ScriptedBackend(other);
                LocalNode node = new LocalNode(home.options(backend.endpoint()))) {
            node.awaitLine("BackendUnreachable");
            assertThat(backend.enrolments()).isZero();
            Files.writeString(home.ca(), other.caPem());
            awaitDelivery(backend, 1);
        }
    }

    @Test
    void aServerWithAnotherNameGetsNothing() throws Exception {
        try (ScriptedBackend backend = new ScriptedBackend(pki, "elsewhere.example", 0);
                LocalNode node = new LocalNode(home.options(backend.endpoint()))) {
            node.awaitLine("BackendUnreachable");
            assertThat(backend.enrolments()).isZero();
        }
    }

    @Test
    void theProxyIsAskedToConnect() throws Exception {
        try (ScriptedBackend backend = new ScriptedBackend(pki);
                ConnectProxy proxy = new ConnectProxy("Basic dXNlcjpzZWNyZXQ=")) {
            String url = "http://user:secret@127.0.0.1:" + proxy.port();
            try (LocalNode node = new LocalNode(home.options(backend.endpoint()), Map.of("HTTPS_PROXY", url))) {
                awaitDelivery(backend, 1);
                assertThat(proxy.targets()).containsOnly("localhost:" + backend.port());
                assertThat(node.output()).doesNotContain("secret");
            }
        }
    }

    @Test
    void aProxyThatRefusesIsNamed() throws Exception {
        try (ScriptedBackend backend = new ScriptedBackend(pki);
                ConnectProxy proxy = new ConnectProxy("Basic other");
                LocalNode node = new LocalNode(
                        home.options(backend.endpoint()), Map.of("https_proxy", "http://127.0.0.1:" + proxy.port()))) {
            node.awaitLine("the proxy 127.0.0.1:" + proxy.port() + " refused");
            node.awaitLine("status 407");
        }
    }

    @Test
    void noProxyGoesPastIt() throws Exception {
        try (ScriptedBackend backend = new ScriptedBackend(pki);
                ConnectProxy proxy = new ConnectProxy("");
                LocalNode node = new LocalNode(
                        home.options(backend.endpoint()),
                        Map.of(
                                "HTTPS_PROXY",
                                "http://127.0.0.1:" + proxy.port(),
                                "NO_PROXY",
                                "10.0.0.0/8,localhost"))) {
            awaitDelivery(backend, 1);
            assertThat(proxy.targets()).isEmpty();
            assertThat(node.output()).contains("enrolled");
        }
    }
}
