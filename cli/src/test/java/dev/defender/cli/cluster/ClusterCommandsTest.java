/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.defender.cli.testbed.Enrolling;
import dev.defender.cli.testbed.Run;
import dev.defender.cli.testbed.TestApiServer;
import dev.defender.cli.testbed.TestBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Onboarding against the real backend. */
class ClusterCommandsTest {
    @TempDir
    Path directory;

    private final String name = "c-" + UUID.randomUUID();
    private TestBackend backend;
    private TestApiServer api;
    private String kubeconfig;

    @BeforeEach
    void start() throws Exception {
        backend = TestBackend.get();
        api = TestApiServer.start(directory.resolve("pki"));
        kubeconfig = "--kubeconfig=" + api.kubeconfig(directory.resolve("kubeconfig"), "token: " + TestApiServer.TOKEN);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Run run(String... arguments) {
        return Run.of(backend.environment(), arguments);
    }

    private Run good(String... arguments) {
        Run run = run(arguments);
        assertThat(run.status()).as(run.err()).isZero();
        return run;
    }

    private static JsonNode data(String yaml) {
        JsonNode secret =
                new ObjectMapper().valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
        assertThat(secret.path("kind").asText()).isEqualTo("Secret");
        assertThat(secret.at("/metadata/name").asText()).isEqualTo("defender-onboarding");
        assertThat(secret.at("/metadata/namespace").asText()).isEqualTo("kube-system");
        return secret.path("stringData");
    }

    @Test
    void a_cluster_is_added_and_its_nodes_enrol_with_the_secret() throws Exception {
        Run added = good("cluster", "add", name, kubeconfig, "--endpoint=https://defender.example:443");
        JsonNode data = data(added.out());
        assertThat(data.fieldNames()).toIterable().containsExactly("endpoint", "ca.pem", "enrolment-token", "cluster");
        assertThat(data.path("endpoint").asText()).isEqualTo("https://defender.example:443");
        assertThat(data.path("ca.pem").asText())
                .isEqualTo(Files.readString(backend.ca()).strip() + "\n");
        assertThat(added.err())
                .contains(data.path("cluster").asText())
                .doesNotContain(data.path("enrolment-token").asText());

        Enrolling enrolling =
                new Enrolling(backend, data.path("enrolment-token").asText());
        assertThat(enrolling.status("node-1", null)).isEqualTo(403);
        assertThat(enrolling.status("node-1", api.nodeToken("node-2"))).isEqualTo(403);
        assertThat(enrolling.status("node-1", api.nodeToken("node-1"))).isEqualTo(200);

        assertThat(good("cluster", "list").out().lines().filter(line -> line.startsWith(name)))
                .singleElement()
                .asString()
                .containsPattern(data.path("cluster").asText() + " +1 +1 key ");
        assertThat(good("cluster", "node", "list", name).out()).containsPattern("node-1 +enrolled ");
        assertThat(good("cluster", "node", "revoke", name, "node-1").err()).contains("is shut out");
        assertThat(good("cluster", "node", "list", name).out()).containsPattern("node-1 +revoked ");
        assertThat(enrolling.status("node-1", api.nodeToken("node-1"))).isEqualTo(403);
        good("cluster", "node", "allow", data.path("cluster").asText(), "node-1");
        assertThat(enrolling.status("node-1", api.nodeToken("node-1"))).isEqualTo(200);
    }

    @Test
    void adding_again_keeps_the_cluster_and_writes_a_file_for_its_owner_only() throws Exception {
        String first = data(good("cluster", "add", name, kubeconfig).out())
                .path("cluster")
                .asText();
        Path file = Files.writeString(directory.resolve("secret.yaml"), "old");
        Run again = good("cluster", "add", name, kubeconfig, "-o", file.toString());
        assertThat(again.out()).isEmpty();
        assertThat(again.err()).contains("registered already").contains("kubectl apply -f " + file);
        assertThat(data(Files.readString(file)).path("cluster").asText()).isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(directory)) {
            assertThat(files).noneMatch(left -> left.toString().endsWith(".tmp"));
        }
    }

    @Test
    void keys_come_from_files_too_and_can_be_rotated() throws Exception {
        Path jwks = Files.writeString(
                directory.resolve("jwks.json"),
                new com.nimbusds.jose.jwk.JWKSet(
                                new com.nimbusds.jose.jwk.gen.ECKeyGenerator(com.nimbusds.jose.jwk.Curve.P_256)
                                        .keyID("from-a-file")
                                        .generate())
                        .toString(true));
        good("cluster", "add", name, "--jwks=" + jwks, "--issuer=https://elsewhere");
        assertThat(good("cluster", "keys", name, kubeconfig).out()).containsSubsequence("cluster-key", "from-a-file");
        Run dropped = good("cluster", "keys", name, kubeconfig, "--drop-previous");
        assertThat(dropped.out()).contains("cluster-key").doesNotContain("from-a-file");
    }

    @Test
    void without_node_keys_the_user_is_told_what_that_means() throws Exception {
        Run added = good("cluster", "add", name, "--without-node-keys");
        assertThat(added.err()).contains("no proof of who they are");
        assertThat(new Enrolling(
                                backend,
                                data(added.out()).path("enrolment-token").asText())
                        .status("any", null))
                .isEqualTo(200);
    }

    @Test
    void what_goes_wrong_is_one_sentence_and_mints_nothing() throws Exception {
        assertFails(1, "no cluster named nowhere", "cluster", "keys", "nowhere", kubeconfig);
        assertFails(1, "the cluster has no enrolled node", "cluster", "node", "revoke", "default", "none");
        assertFails(2, "permission denied|no such file", "cluster", "add", name, kubeconfig, "-o", "/nonexistent/x");
        assertFails(2, "is a directory", "cluster", "add", name, kubeconfig, "-o", directory.toString());
        assertThat(run("cluster", "list").out()).doesNotContain(name);
        assertFails(1, "name must be", "cluster", "add", "not/a/name", kubeconfig);
        Path wrong = Files.writeString(directory.resolve("wrong"), "dfdapi_wrong");
        assertFails(1, "401.*not valid", "cluster", "list", "--token-file=" + wrong);
        assertFails(1, "403.*", "cluster", "add", name, kubeconfig, "--token-file=" + backend.token("viewer"));
        assertFails(1, "the given CA did not sign", "cluster", "list", "--ca=" + api.ca());
        assertFails(1, "nothing accepts connections", "cluster", "list", "--backend=https://127.0.0.1:1");
    }

    private void assertFails(int status, String pattern, String... arguments) {
        Run run = run(arguments);
        assertThat(run.status()).as(run.err()).isEqualTo(status);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .containsPattern(pattern)
                .startsWith("defenderctl: ")
                .hasLineCount(1);
    }
}
