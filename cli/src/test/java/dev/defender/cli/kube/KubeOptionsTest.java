/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.defender.cli.terminal.Failure;
import dev.defender.cli.terminal.Terminal;
import dev.defender.cli.testbed.TestApiServer;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;
import java.util.Map;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways to a cluster. */
class KubeOptionsTest {
    @TempDir
    Path directory;

    private TestApiServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestApiServer.start(directory.resolve("pki"));
        server.answer("/version", 200, "{\"minor\":\"36\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Terminal terminal(Map<String, String> environment) {
        return new Terminal(System.out, System.err, environment);
    }

    private static KubeApi open(Map<String, String> environment) throws Failure {
        return new KubeOptions().open(terminal(environment));
    }

    private KubeApi open(Path kubeconfig) throws Failure {
        return open(Map.of("KUBECONFIG", kubeconfig.toString()));
    }

    /** kubeadm writes PKCS#1, k3s SEC 1, openssl PKCS#8; inline or as files beside the kubeconfig. */
    @ParameterizedTest
    @CsvSource({"RSA, 2048, false", "RSA, 3072, true", "EC, 256, false", "EC, 384, true"})
    void a_client_certificate_logs_in(String algorithm, int bits, boolean pkcs8) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        KeyPair keys = generator.generateKeyPair();
        String key = pkcs8
                ? "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n"
                : traditional(keys);
        String certificate = server.clientCertificate(keys);
        Path inline = server.kubeconfig(
                directory.resolve("inline"),
                "client-certificate-data: " + base64(certificate),
                "client-key-data: " + base64(key));
        assertThat(open(inline).get("/version").body().path("minor").asText()).isEqualTo("36");

        Files.writeString(directory.resolve("client.crt"), certificate);
        Files.writeString(directory.resolve("client.key"), key);
        Path files = server.kubeconfig(
                directory.resolve("files"), "client-certificate: client.crt", "client-key: client.key");
        assertThat(open(files).get("/version").good()).isTrue();
    }

    private static String traditional(KeyPair keys) throws Exception {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(keys.getPrivate() instanceof ECPrivateKey key ? sec1(key) : keys.getPrivate());
        }
        assertThat(text.toString()).contains("BEGIN " + keys.getPrivate().getAlgorithm() + " PRIVATE KEY");
        return text.toString();
    }

    /** As openssl and k3s write it, with the curve; the JDK's own encoding has it only around. */
    private static PemObject sec1(ECPrivateKey key) throws IOException {
        return new PemObject(
                "EC PRIVATE KEY",
                new org.bouncycastle.asn1.sec.ECPrivateKey(256, key.getS(), SECObjectIdentifiers.secp256r1)
                        .getEncoded());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void a_token_logs_in_and_a_wrong_one_is_told() throws Exception {
        KubeApi api = open(server.kubeconfig(directory.resolve("k"), "token: " + TestApiServer.TOKEN));
        assertThat(api.get("/version").good()).isTrue();
        assertThat(api.get("/none").status()).isEqualTo(404);
        assertThat(api.get("/none").message()).isEqualTo("not found");
        KubeApi wrong = open(server.kubeconfig(directory.resolve("k"), "token: wrong"));
        assertThatThrownBy(() -> wrong.get("/version"))
                .hasMessageContaining("401")
                .hasMessageNotContaining("wrong\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exec: {command: aws}             | put kubectl on the PATH",
                "client-key-data: '!!'            | holds no private key",
                "tokenFile: missing               | cannot read",
            })
    void what_it_cannot_use_is_one_sentence(String user, String message) throws Exception {
        Path file = server.kubeconfig(directory.resolve("k"), user, "client-certificate-data: ''");
        assertThatThrownBy(() -> open(file)).isInstanceOf(Failure.class).hasMessageContaining(message);
    }

    @Test
    void a_file_that_is_no_kubeconfig_is_not_shown() throws Exception {
        Path file = Files.writeString(directory.resolve("k"), "secret: [unclosed");
        assertThatThrownBy(() -> open(file)).isInstanceOf(Failure.class).hasMessage(file + " is no kubeconfig");
        assertThatThrownBy(() -> open(Map.of("HOME", directory.toString())))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no cluster to ask");
    }

    @Test
    void kubectl_on_the_path_is_asked_first() throws Exception {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        // Stands for kubectl: says its arguments and what it was given, or refuses as kubectl does.
        Path kubectl = Files.writeString(bin.resolve("kubectl"), """
                #!/bin/sh
                case "$3" in
                  /forbidden) echo 'Error from server (Forbidden): not you' >&2; exit 1;;
                  /broken) echo 'a warning' >&2; echo 'Unable to connect to the server: no' >&2; exit 1;;
                esac
                [ "$1" = create ] && { printf '{"posted":%s}' "$(cat)"; exit; }
                printf '{"arguments":"%s"}' "$*"
                """);
        Files.setPosixFilePermissions(kubectl, PosixFilePermissions.fromString("rwx------"));
        Path kubeconfig = server.kubeconfig(directory.resolve("k"), "exec: {command: whatever}");
        KubeApi api = open(Map.of("PATH", bin + ":/usr/bin:/bin", "KUBECONFIG", kubeconfig.toString()));
        assertThat(api.get("/version").body().path("arguments").asText()).startsWith("get --raw /version ");
        assertThat(api.post("/pods", new ObjectMapper().createObjectNode().put("a", 1))
                        .body()
                        .at("/posted/a")
                        .asInt())
                .isEqualTo(1);
        assertThat(api.get("/forbidden").status()).isEqualTo(403);
        assertThat(api.get("/forbidden").message()).isEqualTo("not you");
        assertThatThrownBy(() -> api.get("/broken"))
                .isInstanceOf(Failure.class)
                .hasMessage("kubectl cannot ask the cluster: Unable to connect to the server: no");
    }
}
