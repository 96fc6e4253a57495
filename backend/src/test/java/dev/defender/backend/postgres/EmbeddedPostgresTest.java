/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresTest {
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
    void startsDurablyAndKeepsItsData() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(options("data"))) {
            assertThat(postgres.ready()).isTrue();
            assertThat(single(postgres, "SHOW fsync")).isEqualTo("on");
            assertThat(single(postgres, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(single(postgres, "SHOW listen_addresses")).isEmpty();
            assertThat(single(postgres, "SELECT rolsuper::text FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("false");
            execute(postgres, "CREATE TABLE kept(x int)");
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(options("data"))) {
            assertThat(single(postgres, "SELECT count(*)::text FROM kept")).isEqualTo("0");
        }
    }

    @Test
    void nobodyEntersWithoutThePassword() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(options("data"))) {
            for (String wrong : new String[] {"", "guess"}) {
                Properties properties =
                        (Properties) postgres.endpoint().properties().clone();
                properties.setProperty("password", wrong);
                assertThatThrownBy(() -> DriverManager.getConnection(
                                        postgres.endpoint().url(), properties)
                                .close())
                        .isInstanceOf(SQLException.class);
            }
            assertThat(postgres.endpoint().toString()).doesNotContain(password());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("data/password"))))
                    .isEqualTo("rw-------");
            ProcessHandle server = ProcessHandle.of(postgres.pid()).orElseThrow();
            assertThat(server.info().commandLine().orElse("")).doesNotContain(password());
            assertThat(Files.readString(root.resolve("data/postgres.log"))).doesNotContain(password());
            assertThat(root.resolve("data/data.partial.password")).doesNotExist();
        }
    }

    @Test
    void isStartedAgainAfterAKill() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(options("data"))) {
            execute(postgres, "CREATE TABLE kept AS SELECT generate_series(1, 1000) x");
            long killed = postgres.pid();
            assertThat(ProcessHandle.of(killed).orElseThrow().destroyForcibly()).isTrue();
            awaitRestart(postgres);
            assertThat(postgres.pid()).isNotEqualTo(killed);
            assertThat(single(postgres, "SELECT count(*)::text FROM kept")).isEqualTo("1000");
        }
    }

    @Test
    void aSecondBackendOnTheSameDirectoryIsRefused() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(options("data"))) {
            assertThat(postgres.ready()).isTrue();
            assertThatThrownBy(() -> EmbeddedPostgres.start(options("data")))
                    .isInstanceOf(PostgresException.class)
                    .hasMessageContaining("Another backend runs on");
        }
    }

    @Test
    void twoFreshDirectoriesStartAtOnceFromOneDistribution() throws Exception {
        try (var threads = Executors.newFixedThreadPool(2)) {
            var first = threads.submit(() -> EmbeddedPostgres.start(unpackingOptions("one")));
            var second = threads.submit(() -> EmbeddedPostgres.start(unpackingOptions("two")));
            try (EmbeddedPostgres one = first.get();
                    EmbeddedPostgres two = second.get()) {
                assertThat(one.pid()).isNotEqualTo(two.pid());
                assertThat(single(two, "SELECT 1::text")).isEqualTo("1");
            }
        }
        try (var unpacked = Files.list(root.resolve("dist"))) {
            assertThat(unpacked).hasSize(1);
        }
    }

    @Test
    void aDirectoryThatTheAccountCannotEnterIsNamed() throws Exception {
        Account account = Account.resolve(null);
        org.junit.jupiter.api.Assumptions.assumeTrue(
                account.switchNeeded(), "only root starts the server as another account");
        Path closed = Files.createDirectory(
                root.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        PostgresOptions options = new PostgresOptions(closed.resolve("data"), ServerDirectories.distribution(), null);
        assertThatThrownBy(() -> EmbeddedPostgres.start(options))
                .isInstanceOf(PostgresException.class)
                .hasMessageContaining(closed.toString())
                .hasMessageContaining("may not enter");
    }

    @Test
    void anUnknownAccountIsNamed() {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")), "only root starts the server as another account");
        PostgresOptions options =
                new PostgresOptions(root.resolve("data"), ServerDirectories.distribution(), "no-such-account");
        assertThatThrownBy(() -> EmbeddedPostgres.start(options))
                .isInstanceOf(PostgresException.class)
                .hasMessageContaining("no-such-account")
                .hasMessageContaining("--user");
    }

    private PostgresOptions options(String name) {
        return new PostgresOptions(root.resolve(name), ServerDirectories.distribution(), null);
    }

    private PostgresOptions unpackingOptions(String name) {
        return new PostgresOptions(root.resolve(name), root.resolve("dist"), null);
    }

    private String password() throws Exception {
        return Files.readString(root.resolve("data/password")).strip();
    }

    private static void awaitRestart(EmbeddedPostgres postgres) {
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(60))
                .until(() -> postgres.restarts() > 0 && postgres.ready());
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

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(
                postgres.endpoint().url(), postgres.endpoint().properties());
    }
}
