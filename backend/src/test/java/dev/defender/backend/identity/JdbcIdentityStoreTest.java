/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.backend.database.SharedDatabase;
import dev.defender.backend.nodetoken.NodeKeys;
import dev.defender.backend.pki.NodeName;
import dev.defender.backend.testbed.ApiServerKey;
import dev.defender.backend.testbed.MutableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Identities across restarts, and between two backends on one database. */
class JdbcIdentityStoreTest {
    private static final Origin ADMIN = new Origin("token:test", "127.0.0.1");

    private final MutableClock clock = new MutableClock(Instant.now());
    private final String cluster = UUID.randomUUID().toString();
    private final NodeName node = new NodeName(cluster, "node-1");
    private Identities first;
    private Administration administration;

    @BeforeEach
    void open() throws Exception {
        first = reopen();
        administration = new Administration(first);
        first.change(
                new Change.ClusterAdded(new Cluster(cluster, "test-" + cluster, clock.instant())),
                ADMIN,
                "cluster.create",
                "",
                "");
    }

    private Identities reopen() throws IdentityUnavailableException {
        return Identities.open(SharedDatabase.get().dataSource(), clock);
    }

    private void issue(String serial) throws IdentityUnavailableException {
        clock.advance(Duration.ofSeconds(1));
        Instant now = clock.instant();
        first.change(
                new Change.CertificateIssued(new NodeCertificate(serial, node, now, now.plus(Duration.ofDays(1)))),
                ADMIN,
                "node.enrol",
                "",
                "");
    }

    private boolean good(String serial) throws IdentityUnavailableException {
        boolean now = first.registry().good(node, serial);
        assertThat(reopen().registry().good(node, serial)).as("after a restart").isEqualTo(now);
        return now;
    }

    @Test
    void certificates_are_good_until_the_node_is_revoked_and_never_again() throws Exception {
        issue(cluster + "a");
        issue(cluster + "b");
        assertThat(good(cluster + "a")).isTrue();
        assertThat(good(cluster + "b")).isTrue();
        assertThat(good(cluster + "c")).isFalse();

        administration.revokeNode(node, ADMIN);
        assertThat(good(cluster + "b")).isFalse();
        assertThat(reopen().nodes())
                .filteredOn(entry -> entry.name().equals(node))
                .noneMatch(entry -> entry.revokedAt() == null);

        administration.readmitNode(node, ADMIN);
        assertThat(good(cluster + "b")).isFalse();
        assertThat(reopen().nodes())
                .filteredOn(entry -> entry.name().equals(node))
                .allMatch(entry -> entry.revokedAt() == null);

        issue(cluster + "c");
        assertThat(good(cluster + "a")).isFalse();
        assertThat(good(cluster + "b")).isFalse();
        assertThat(good(cluster + "c")).isTrue();
    }

    @Test
    void another_backend_sees_a_revocation_at_its_next_refresh() throws Exception {
        issue(cluster + "a");
        Identities second = reopen();
        administration.revokeNode(node, ADMIN);
        assertThat(second.registry().good(node, cluster + "a")).isTrue();
        second.refresh();
        assertThat(second.registry().good(node, cluster + "a")).isFalse();
    }

    @Test
    void node_keys_and_the_ones_before_survive_a_restart() throws Exception {
        for (String key : List.of("first", "second", "third")) {
            NodeKeys keys = NodeKeys.of("https://cluster", ApiServerKey.jwks(ApiServerKey.ec(key)));
            assertThat(administration.setNodeKeys(cluster, keys, true, ADMIN)).isTrue();
        }
        assertThat(keyIds(first)).containsExactly("third", "second");
        assertThat(keyIds(reopen())).containsExactly("third", "second");
        NodeKeys fourth = NodeKeys.of("https://cluster", ApiServerKey.jwks(ApiServerKey.rsa("fourth")));
        administration.setNodeKeys(cluster, fourth, false, ADMIN);
        assertThat(keyIds(first)).containsExactly("fourth");
        assertThat(keyIds(reopen())).containsExactly("fourth");
        assertThat(administration.setNodeKeys("none", fourth, false, ADMIN)).isFalse();
    }

    private List<String> keyIds(Identities identities) {
        return identities.nodeKeys(cluster).stream()
                .flatMap(set -> set.keys().keyIds().stream())
                .toList();
    }

    @Test
    void a_name_is_taken_once() throws Exception {
        String name = "named-" + cluster;
        assertThat(administration.addCluster(name, null, ADMIN)).isPresent();
        assertThat(administration.addCluster(name, null, ADMIN)).isEmpty();
        assertThat(reopen().clusters())
                .filteredOn(known -> known.name().equals(name))
                .hasSize(1);
    }

    @Test
    void a_second_start_keeps_the_tokens_of_the_first_and_replaces_lost_ones(@TempDir Path data) throws Exception {
        Path tokens = data.resolve("tokens");
        new FirstRun(first, tokens).complete();
        List<String> names = List.of("viewer", "analyst", "admin", "enrolment");
        for (String name : names) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokens.resolve(name))))
                    .isEqualTo("rw-------");
        }
        String viewer = Files.readString(tokens.resolve("viewer"));
        String admin = Files.readString(tokens.resolve("admin"));
        Files.delete(tokens.resolve("admin"));
        Identities again = reopen();
        new FirstRun(again, tokens).complete();
        assertThat(Files.readString(tokens.resolve("viewer"))).isEqualTo(viewer);
        assertThat(Files.readString(tokens.resolve("admin"))).isNotEqualTo(admin);
        assertThat(new Authenticator(again).user(viewer.strip()).role()).isEqualTo(Role.VIEWER);
    }

    @Test
    void no_secret_is_in_the_database(@TempDir Path data) throws Exception {
        Path tokens = data.resolve("tokens");
        new FirstRun(first, tokens).complete();
        for (String name : List.of("viewer", "admin", "enrolment")) {
            String secret = Files.readString(tokens.resolve(name)).strip();
            assertThat(rows()).doesNotContain(secret).doesNotContain(secret.substring(secret.indexOf('_') + 1));
        }
    }

    private static String rows() throws Exception {
        StringBuilder text = new StringBuilder();
        try (Connection connection = SharedDatabase.get().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : List.of("api_token", "enrolment_token", "audit_entry", "cluster", "node")) {
                try (ResultSet rows = statement.executeQuery("SELECT t::text FROM " + table + " t")) {
                    while (rows.next()) {
                        text.append(rows.getString(1)).append('\n');
                    }
                }
            }
        }
        return text.toString();
    }
}
