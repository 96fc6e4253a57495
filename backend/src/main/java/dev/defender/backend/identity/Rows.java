/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Statements with their parameters: instants as timestamptz. */
final class Rows {
    private Rows() {}

    @FunctionalInterface
    interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    static void each(Connection connection, String sql, Reader reader, Object... parameters) throws SQLException {
        try (PreparedStatement query = prepared(connection, sql, parameters);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    static void update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement update = prepared(connection, sql, parameters)) {
            update.executeUpdate();
        }
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < parameters.length; i++) {
                Object parameter = parameters[i];
                statement.setObject(
                        i + 1, parameter instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : parameter);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }
}
