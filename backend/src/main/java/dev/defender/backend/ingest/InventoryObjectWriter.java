/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.protocol.v1.InventoryObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Writes objects. Of two reports the one with the higher resource version holds, and that an object is gone holds against
 * all, so it does not matter in which order reports of several nodes come.
 */
final class InventoryObjectWriter implements AutoCloseable {
    private static final String COLUMNS =
            "cluster, uid, resource, api_version, kind, namespace, name, resource_version, "
                    + "hash, owner_kind, owner_name, owner_uid, node, service_account, images, reason, omitted, first_seen, "
                    + "last_seen, deleted_at, body";

    private static final String INSERT = "INSERT INTO inventory_object AS o (" + COLUMNS
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS jsonb)) "
            + "ON CONFLICT (cluster, uid) DO UPDATE SET ";

    private static final String REPORTED = INSERT + "resource = excluded.resource, api_version = excluded.api_version, "
            + "kind = excluded.kind, namespace = excluded.namespace, name = excluded.name, "
            + "resource_version = excluded.resource_version, hash = excluded.hash, owner_kind = excluded.owner_kind, "
            + "owner_name = excluded.owner_name, owner_uid = excluded.owner_uid, node = excluded.node, "
            + "service_account = excluded.service_account, images = excluded.images, reason = excluded.reason, "
            + "omitted = excluded.omitted, last_seen = greatest(o.last_seen, excluded.last_seen), body = excluded.body "
            + "WHERE o.deleted_at IS NULL AND excluded.resource_version >= o.resource_version";

    private static final String DELETED = INSERT + "deleted_at = coalesce(o.deleted_at, excluded.deleted_at), "
            + "resource_version = greatest(o.resource_version, excluded.resource_version)";

    private static final String NAMED = "UPDATE inventory_object SET list_stream = ?, list_number = ?, "
            + "last_seen = greatest(last_seen, ?) WHERE cluster = ? AND uid = ?";

    private static final int BATCH = 500;

    private final PreparedStatement reported;
    private final PreparedStatement deleted;
    private final PreparedStatement named;
    private int pending;

    InventoryObjectWriter(Connection connection) throws SQLException {
        reported = connection.prepareStatement(REPORTED);
        deleted = connection.prepareStatement(DELETED);
        named = connection.prepareStatement(NAMED);
    }

    void reported(String cluster, OffsetDateTime received, InventoryChange change) throws SQLException {
        bind(reported, cluster, received, change, null);
        added();
    }

    void deleted(String cluster, OffsetDateTime received, InventoryChange change) throws SQLException {
        // What was reported before of the same object stands in the other batch.
        flush();
        bind(deleted, cluster, received, change, received);
        added();
    }

    void named(String cluster, String uid, long streamId, long list, OffsetDateTime received) throws SQLException {
        named.setLong(1, streamId);
        named.setLong(2, list);
        named.setObject(3, received);
        named.setString(4, cluster);
        named.setString(5, uid);
        named.addBatch();
        added();
    }

    /** Sends what is gathered. */
    void flush() throws SQLException {
        if (pending > 0) {
            pending = 0;
            reported.executeBatch();
            deleted.executeBatch();
            named.executeBatch();
        }
    }

    private void added() throws SQLException {
        if (++pending >= BATCH) {
            flush();
        }
    }

    private static void bind(
            PreparedStatement statement,
            String cluster,
            OffsetDateTime received,
            InventoryChange change,
            @Nullable OffsetDateTime deletedAt)
            throws SQLException {
        InventoryObject object = change.object();
        boolean owned = object.hasOwner();
        statement.setString(1, cluster);
        statement.setString(2, text(object.getUid()));
        statement.setString(3, text(object.getResource()));
        statement.setString(4, text(object.getApiVersion()));
        statement.setString(5, text(object.getKind()));
        statement.setString(6, object.getNamespace().isEmpty() ? null : text(object.getNamespace()));
        statement.setString(7, text(object.getName()));
        statement.setLong(8, InventoryChange.version(object.getResourceVersion()));
        statement.setLong(9, object.getHash());
        statement.setString(10, owned ? text(object.getOwner().getKind()) : null);
        statement.setString(11, owned ? text(object.getOwner().getName()) : null);
        statement.setString(12, owned ? text(object.getOwner().getUid()) : null);
        statement.setString(13, change.node());
        statement.setString(14, change.serviceAccount());
        statement.setString(15, change.images());
        statement.setString(16, change.reason());
        statement.setInt(17, Math.max(0, object.getOmitted()));
        statement.setObject(18, received);
        statement.setObject(19, received);
        statement.setObject(20, deletedAt, java.sql.Types.TIMESTAMP_WITH_TIMEZONE);
        statement.setString(21, change.body());
        statement.addBatch();
    }

    private static String text(String value) {
        return CopyBuffer.withoutNul(value);
    }

    @Override
    public void close() throws SQLException {
        try (reported;
                deleted) {
            named.close();
        }
    }
}
