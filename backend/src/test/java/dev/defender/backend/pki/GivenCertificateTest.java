/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.defender.backend.testbed.MutableClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenCertificateTest {
    @TempDir
    Path directory;

    private final MutableClock clock = new MutableClock(Instant.now());
    private Path certificate;
    private Path key;

    @BeforeEach
    void somebodyIssuesOne() throws IOException {
        issue("issuer", "backend.example");
        certificate = directory.resolve("issuer/server.pem");
        key = directory.resolve("issuer/server.key");
    }

    private void issue(String issuer, String name) throws IOException {
        Path pki = Files.createDirectories(directory.resolve(issuer));
        OwnCertificate.open(pki, CertificateAuthority.open(pki, clock), List.of(name), clock);
    }

    @Test
    void takesWhatLiesThereWhenItChanges() throws IOException {
        GivenCertificate given = GivenCertificate.open(certificate, key);
        assertThat(given.renewIfDue()).isFalse();
        X509Certificate before = given.current().leaf();

        issue("issuer", "other.example");
        assertThat(given.renewIfDue()).isTrue();
        assertThat(given.current().leaf()).isNotEqualTo(before);
    }

    @Test
    void keepsThePresentOneWhenTheNewOneIsOfNoUse() throws IOException {
        GivenCertificate given = GivenCertificate.open(certificate, key);
        issue("second", "backend.example");
        Files.copy(directory.resolve("second/server.key"), key, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(given::renewIfDue)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(key + " is not the key of the first certificate in " + certificate);
        assertThat(given.current().chain()).isNotEmpty();
    }

    @Test
    void saysWhichFileIsMissingOrEmpty() throws IOException {
        Path missing = directory.resolve("missing.pem");
        assertThatThrownBy(() -> GivenCertificate.open(missing, key)).hasMessage(missing + " is not there");
        Path empty = Files.createFile(directory.resolve("empty.pem"));
        assertThatThrownBy(() -> GivenCertificate.open(empty, key))
                .hasMessageContaining(empty + " holds no certificate");
    }

    @Test
    void anRsaKeyServesToo() throws Exception {
        Path store = directory.resolve("rsa.p12");
        String java = Path.of(System.getProperty("java.home"), "bin/keytool").toString();
        Process keytool = new ProcessBuilder(
                        java,
                        "-genkeypair",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=localhost",
                        "-alias",
                        "a",
                        "-storepass",
                        "secret",
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "secret".toCharArray());
        }
        X509Certificate leaf = (X509Certificate) keys.getCertificate("a");
        PemFiles.writeKey(key, (PrivateKey) keys.getKey("a", "secret".toCharArray()));
        PemFiles.writeCertificates(certificate, leaf);

        SSLContext server = ServerTls.context(
                CertificateAuthority.open(directory.resolve("issuer"), clock), GivenCertificate.open(certificate, key));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext client = SSLContext.getInstance("TLS");
        client.init(null, trust.getTrustManagers(), null);
        try (SSLServerSocket listening =
                (SSLServerSocket) server.getServerSocketFactory().createServerSocket(0)) {
            Thread accepting = Thread.ofVirtual().start(() -> {
                try (SSLSocket accepted = (SSLSocket) listening.accept()) {
                    accepted.startHandshake();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            try (SSLSocket socket =
                    (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", listening.getLocalPort())) {
                socket.startHandshake();
                assertThat(socket.getSession().getPeerCertificates()[0]).isEqualTo(leaf);
            }
            accepting.join();
        }
    }
}
