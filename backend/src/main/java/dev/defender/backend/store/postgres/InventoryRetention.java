/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/** Removes objects that are gone for long, and Kubernetes Events as old as the events that are removed. */
final class InventoryRetention {
    /** A late report of another node must not bring back what is gone: it comes within the life of a spool. */
    static final Duration DELETED = Duration.ofDays(30);

    private final DataSource dataSource;

    InventoryRetention(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void run(Instant now, Duration events) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            delete(connection, "DELETE FROM inventory_object WHERE deleted_at < ?", now.minus(DELETED));
            delete(
                    connection,
                    "DELETE FROM inventory_object WHERE resource = 'events' AND last_seen < ?",
                    now.minus(events));
        }
    }

    private static void delete(Connection connection, String sql, Instant before) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, before.atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }
}
