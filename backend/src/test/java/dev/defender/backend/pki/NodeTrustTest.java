/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.defender.backend.testbed.MutableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTrustTest {
    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-25T12:00:00Z"));

    @TempDir
    Path directory;

    private CertificateAuthority authority;
    private NodeTrust trust;

    @BeforeEach
    void open() throws Exception {
        authority = CertificateAuthority.open(directory, clock);
        trust = new NodeTrust(authority.certificate());
    }

    @Test
    void trusts_nodes_of_its_authority_whatever_the_time() throws Exception {
        X509Certificate node = node(authority);
        assertThatCode(() -> check(node)).doesNotThrowAnyException();
        assertThat(NodeName.of(node)).contains(new NodeName("c1", "node 1/ü"));
    }

    @Test
    void trusts_no_other_authority(@TempDir Path other) throws Exception {
        X509Certificate node = node(CertificateAuthority.open(other, clock));
        assertThatThrownBy(() -> check(node)).isInstanceOf(CertificateException.class);
    }

    @Test
    void trusts_no_server_and_no_authority_as_a_client() throws Exception {
        X509Certificate server =
                authority.issueServer(EcKeys.generate().getPublic(), List.of("localhost"), Duration.ofDays(1));
        assertThatThrownBy(() -> check(server)).isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> check(authority.certificate())).isInstanceOf(CertificateException.class);
        assertThat(NodeName.of(server)).isEqualTo(Optional.empty());
    }

    @Test
    void keeps_keys_to_the_owner_and_the_authority_across_starts() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("ca.key"))))
                .isEqualTo("rw-------");
        X509Certificate again = CertificateAuthority.open(directory, clock).certificate();
        assertThat(again).isEqualTo(authority.certificate());
    }

    @Test
    void does_not_replace_half_an_authority() throws Exception {
        Files.delete(directory.resolve("ca.key"));
        assertThatThrownBy(() -> CertificateAuthority.open(directory, clock))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ca.key is missing");
    }

    @Test
    void renews_the_server_certificate_in_time_under_the_same_authority() throws Exception {
        List<String> names = ServerNames.withLoopback(List.of("backend.example", "fd00::1"));
        OwnCertificate server = OwnCertificate.open(directory, authority, names, clock);
        X509Certificate first = server.current().leaf();
        assertThat(OwnCertificate.open(directory, authority, names, clock)
                        .current()
                        .leaf())
                .isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("server.key"))))
                .isEqualTo("rw-------");

        clock.advance(Duration.ofDays(59));
        assertThat(server.renewIfDue()).isFalse();
        clock.advance(Duration.ofDays(2));
        assertThat(server.renewIfDue()).isTrue();
        X509Certificate second = server.current().leaf();
        assertThat(second).isNotEqualTo(first);
        second.verify(authority.certificate().getPublicKey());
        assertThat(second.getSubjectAlternativeNames()).hasSize(5);
    }

    @Test
    void a_new_name_makes_a_new_server_certificate() throws Exception {
        X509Certificate first = OwnCertificate.open(directory, authority, ServerNames.withLoopback(List.of()), clock)
                .current()
                .leaf();
        X509Certificate second = OwnCertificate.open(
                        directory, authority, ServerNames.withLoopback(List.of("new.example")), clock)
                .current()
                .leaf();
        assertThat(second).isNotEqualTo(first);
    }

    private X509Certificate node(CertificateAuthority issuer) {
        return issuer.issueNode(
                new NodeName("c1", "node 1/ü"), EcKeys.generate().getPublic(), Duration.ofSeconds(1));
    }

    private void check(X509Certificate certificate) throws CertificateException {
        trust.checkClientTrusted(new X509Certificate[] {certificate}, "EC");
    }
}
