/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** Gives the backend a role of its own that owns one database and is no superuser. */
final class Provisioning {
    private static final String ROLE = "defender";
    private static final String DATABASE = "defender";

    private Provisioning() {}

    static PostgresEndpoint provision(PostgresOptions options, Path socket) throws PostgresException {
        try {
            String password = Passwords.of(options.home().resolve("password"));
            Path done = options.home().resolve("provisioned");
            if (!Files.exists(done)) {
                createRoleAndDatabase(options, socket, password);
                Files.createFile(done);
            }
            return new PostgresEndpoint(url(DATABASE), EmbeddedPostgres.socketProperties(socket, ROLE, password));
        } catch (IOException | SQLException e) {
            throw new PostgresException("The backend's database could not be created: " + e.getMessage(), e);
        }
    }

    private static void createRoleAndDatabase(PostgresOptions options, Path socket, String password)
            throws IOException, SQLException {
        String superuser = Passwords.of(DataDirectory.superuserPassword(options));
        try (Connection connection = DriverManager.getConnection(
                        url("postgres"), EmbeddedPostgres.socketProperties(socket, "postgres", superuser));
                Statement statement = connection.createStatement()) {
            if (none(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + ROLE + "'")) {
                statement.execute("CREATE ROLE " + ROLE + " LOGIN");
            }
            // Sends a SCRAM verifier, so that the password itself cannot reach a log.
            connection.unwrap(PGConnection.class).alterUserPassword(ROLE, password.toCharArray(), "scram-sha-256");
            if (none(statement, "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + ROLE);
            }
            statement.execute("REVOKE ALL ON DATABASE " + DATABASE + " FROM PUBLIC");
        }
    }

    private static boolean none(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            return !result.next();
        }
    }

    private static String url(String database) {
        return "jdbc:postgresql://localhost/" + database;
    }
}
