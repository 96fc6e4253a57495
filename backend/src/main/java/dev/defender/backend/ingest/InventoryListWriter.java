/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.protocol.v1.InventoryList;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/**
 * Writes how lists go. A list that came whole says of every object of its resource that it did not name, and that is not
 * newer than it, that the object is gone. A list of which something is missing says nothing of the kind.
 */
final class InventoryListWriter {
    private static final String BEGAN = "INSERT INTO inventory_list AS l (cluster, resource, list_stream, list_number, "
            + "state, reason, objects, resource_version, began) VALUES (?, ?, ?, ?, 'running', '', 0, 0, ?) "
            + "ON CONFLICT (cluster, resource) DO UPDATE SET list_stream = excluded.list_stream, "
            + "list_number = excluded.list_number, state = 'running', reason = '', began = excluded.began, ended = NULL";

    private static final String NAMED = "SELECT count(*) FROM inventory_object "
            + "WHERE cluster = ? AND resource = ? AND list_stream = ? AND list_number = ?";

    private static final String GONE = "UPDATE inventory_object SET deleted_at = ?, "
            + "resource_version = greatest(resource_version, ?) WHERE cluster = ? AND resource = ? "
            + "AND deleted_at IS NULL AND resource_version <= ? "
            + "AND (list_stream, list_number) IS DISTINCT FROM (CAST(? AS bigint), CAST(? AS bigint))";

    private static final String ENDED = "INSERT INTO inventory_list AS l (cluster, resource, list_stream, list_number, "
            + "state, reason, objects, resource_version, began, ended, complete_at) "
            + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (cluster, resource) DO UPDATE SET "
            + "list_stream = excluded.list_stream, list_number = excluded.list_number, state = excluded.state, "
            + "reason = excluded.reason, objects = excluded.objects, ended = excluded.ended, "
            + "resource_version = greatest(l.resource_version, excluded.resource_version), "
            + "complete_at = coalesce(excluded.complete_at, l.complete_at)";

    private final Connection connection;

    InventoryListWriter(Connection connection) {
        this.connection = connection;
    }

    void began(String cluster, String resource, long streamId, long list, OffsetDateTime received) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEGAN)) {
            statement.setString(1, cluster);
            statement.setString(2, CopyBuffer.withoutNul(resource));
            statement.setLong(3, streamId);
            statement.setLong(4, list);
            statement.setObject(5, received);
            statement.executeUpdate();
        }
    }

    void ended(String cluster, long streamId, OffsetDateTime received, InventoryList list) throws SQLException {
        String resource = CopyBuffer.withoutNul(list.getResource());
        long version = InventoryChange.version(list.getResourceVersion());
        String reason = CopyBuffer.withoutNul(list.getReason());
        boolean complete = list.getComplete();
        if (complete) {
            long named = named(cluster, resource, streamId, list.getList());
            if (named != list.getCount()) {
                complete = false;
                reason = named + " of " + list.getCount() + " objects of the list are known here";
            } else {
                gone(cluster, resource, streamId, list.getList(), version, received);
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(ENDED)) {
            statement.setString(1, cluster);
            statement.setString(2, resource);
            statement.setLong(3, streamId);
            statement.setLong(4, list.getList());
            statement.setString(5, complete ? "complete" : "partial");
            statement.setString(6, reason);
            statement.setLong(7, list.getCount());
            statement.setLong(8, complete ? version : 0);
            statement.setObject(9, received);
            statement.setObject(10, received);
            statement.setObject(11, complete ? received : null, java.sql.Types.TIMESTAMP_WITH_TIMEZONE);
            statement.executeUpdate();
        }
    }

    private long named(String cluster, String resource, long streamId, long list) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NAMED)) {
            statement.setString(1, cluster);
            statement.setString(2, resource);
            statement.setLong(3, streamId);
            statement.setLong(4, list);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    private void gone(String cluster, String resource, long streamId, long list, long version, OffsetDateTime received)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(GONE)) {
            statement.setObject(1, received);
            statement.setLong(2, version);
            statement.setString(3, cluster);
            statement.setString(4, resource);
            statement.setLong(5, version);
            statement.setLong(6, streamId);
            statement.setLong(7, list);
            statement.executeUpdate();
        }
    }
}
