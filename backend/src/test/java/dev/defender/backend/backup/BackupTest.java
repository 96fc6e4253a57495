/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.defender.backend.postgres.EmbeddedPostgres;
import dev.defender.backend.postgres.PostgresOptions;
import dev.defender.backend.postgres.ServerDirectories;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackupTest {
    private Path root = Path.of("");
    private Path data = Path.of("");

    @BeforeEach
    void directories() throws IOException {
        root = ServerDirectories.create();
        data = root.resolve("data");
        for (String name : new String[] {"pki", "tokens"}) {
            Files.createDirectories(data.resolve(name));
        }
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
        Files.writeString(data.resolve("pki/ca.pem"), "certificate");
        Files.writeString(data.resolve("pki/ca.key"), "key");
        Files.writeString(data.resolve("tokens/admin"), "token");
    }

    @AfterEach
    void cleanUp() throws IOException {
        ServerDirectories.delete(root);
    }

    @Test
    void aDatabaseThatIsWrittenToComesBackAsItWas() throws Exception {
        ByteArrayOutputStream backup = new ByteArrayOutputStream();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(options(data))) {
            execute(postgres, "CREATE TABLE kept AS SELECT x, repeat('y', 500) t FROM generate_series(1, 20000) x");
            // Open all the time: what it does is in the copy, half of it, and must be gone after.
            try (Connection open = connect(postgres);
                    Statement writing = open.createStatement()) {
                open.setAutoCommit(false);
                writing.execute("INSERT INTO kept SELECT x, 'uncommitted' FROM generate_series(1, 20000) x");
                Backup.take(data, options(data), backup);
                open.rollback();
            }
            execute(postgres, "DELETE FROM kept");
        }
        Path copy = root.resolve("copy");
        assertThat(Restore.put(copy, null, new ByteArrayInputStream(backup.toByteArray())))
                .isGreaterThan(500);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(options(copy))) {
            assertThat(single(postgres, "SELECT count(*) || ' ' || sum(x) FROM kept"))
                    .isEqualTo("20000 200010000");
            execute(postgres, "INSERT INTO kept VALUES (0, 'more')");
        }
        assertThat(copy.resolve("pki/ca.key")).hasContent("key");
        assertThat(copy.resolve("tokens/admin")).hasContent("token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.resolve("pki/ca.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aBackendWithoutADatabaseOfItsOwnHasAuthorityAndTokens() throws Exception {
        ByteArrayOutputStream backup = new ByteArrayOutputStream();
        assertThat(Backup.take(data, options(data), backup)).isEqualTo(3);
        Path copy = root.resolve("copy");
        Restore.put(copy, null, new ByteArrayInputStream(backup.toByteArray()));
        assertThat(copy.resolve("pki/ca.pem")).hasContent("certificate");
        assertThat(copy.resolve("postgres")).doesNotExist();
    }

    @Test
    void whatIsCutOffOrForeignIsRefusedAndLeavesNothing() throws Exception {
        ByteArrayOutputStream backup = new ByteArrayOutputStream();
        Backup.take(data, options(data), backup);
        byte[] whole = backup.toByteArray();
        Path copy = root.resolve("copy");
        for (byte[] bad :
                new byte[][] {Arrays.copyOf(whole, whole.length / 2), new byte[0], "no backup".getBytes(UTF_8)}) {
            assertThatThrownBy(() -> Restore.put(copy, null, new ByteArrayInputStream(bad)))
                    .isInstanceOf(BackupException.class);
        }
        try (var left = Files.list(root)) {
            assertThat(left).containsExactly(data);
        }
    }

    @Test
    void nothingIsOverwritten() throws Exception {
        ByteArrayOutputStream backup = new ByteArrayOutputStream();
        Backup.take(data, options(data), backup);
        assertThatThrownBy(() -> Restore.put(data, null, new ByteArrayInputStream(backup.toByteArray())))
                .hasMessageContaining("is not empty");
        assertThat(data.resolve("pki/ca.key")).hasContent("key");
    }

    @Test
    void aServerThatDoesNotRunIsSaid() throws Exception {
        EmbeddedPostgres.start(options(data)).close();
        assertThatThrownBy(() -> Backup.take(data, options(data), new ByteArrayOutputStream()))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("No PostgreSQL runs on");
        assertThatThrownBy(() -> Backup.take(root, options(root), new ByteArrayOutputStream()))
                .hasMessageContaining("holds no backend");
    }

    private static PostgresOptions options(Path data) {
        return new PostgresOptions(data.resolve("postgres"), ServerDirectories.distribution(), null);
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(
                postgres.endpoint().url(), postgres.endpoint().properties());
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String single(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
