/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.defender.backend.ingest.Node;
import dev.defender.backend.postgres.EmbeddedPostgres;
import dev.defender.backend.postgres.PostgresOptions;
import dev.defender.backend.postgres.ServerDirectories;
import dev.defender.backend.store.Receipt;
import dev.defender.protocol.v1.Lane;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    private Path root = Path.of("");

    @BeforeEach
    void directory() throws Exception {
        root = ServerDirectories.create();
    }

    @AfterEach
    void cleanUp() throws Exception {
        ServerDirectories.delete(root);
    }

    @Test
    void anExistingServerIsMigratedOnceAndKeepsWhatItHas() throws Exception {
        PostgresOptions server = new PostgresOptions(root.resolve("pg"), ServerDirectories.distribution(), null);
        Node node = Node.fresh();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(server)) {
            DatabaseOptions options = external(postgres);
            try (Database database = Database.open(options, new SimpleMeterRegistry())) {
                assertThat(database.ready()).isTrue();
                assertThat(append(database, node)).isEqualTo(new Receipt(1, 0, 1));
            }
            try (Database database = Database.open(options, new SimpleMeterRegistry())) {
                assertThat(append(database, node)).isEqualTo(new Receipt(0, 1, 1));
            }
        }
    }

    @Test
    void aPasswordInTheUrlIsRefused(@TempDir Path data) {
        DatabaseOptions options = options(data, "jdbc:postgresql://localhost/x?password=secret", data.resolve("p"));
        assertThatThrownBy(() -> Database.open(options, new SimpleMeterRegistry()))
                .isInstanceOf(DatabaseStartException.class)
                .hasMessageContaining("--jdbc-password-file")
                .hasMessageNotContaining("secret");
    }

    @Test
    void anUnreachableServerIsNamed(@TempDir Path data) throws Exception {
        Path password = Files.writeString(data.resolve("p"), "x");
        DatabaseOptions options = options(data, "jdbc:postgresql://127.0.0.1:1/x", password);
        assertThatThrownBy(() -> Database.open(options, new SimpleMeterRegistry()))
                .isInstanceOf(DatabaseStartException.class)
                .hasMessageContaining("127.0.0.1:1");
    }

    private DatabaseOptions external(EmbeddedPostgres postgres) throws Exception {
        var properties = postgres.endpoint().properties();
        Path password = Files.writeString(root.resolve("password"), properties.getProperty("password"));
        String url = postgres.endpoint().url() + "?socketFactory=" + properties.getProperty("socketFactory")
                + "&socketFactoryArg=" + properties.getProperty("socketFactoryArg") + "&sslmode=disable";
        return new DatabaseOptions(
                root, url, properties.getProperty("user"), password, null, null, DatabaseOptions.DEFAULT_RETENTION);
    }

    private static DatabaseOptions options(Path data, String url, Path password) {
        return new DatabaseOptions(data, url, "u", password, null, null, DatabaseOptions.DEFAULT_RETENTION);
    }

    private static Receipt append(Database database, Node node) throws Exception {
        return database.eventLog().append(node.batch(Lane.LANE_BULK, List.of(Node.exec(1))), Instant.now());
    }
}
