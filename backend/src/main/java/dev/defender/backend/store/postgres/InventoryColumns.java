/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store.postgres;

import dev.defender.backend.filter.Field;
import dev.defender.backend.store.InventoryRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Where a filter's fields stand among objects, which are {@code r}; and reading a row. */
final class InventoryColumns {
    static final String SELECT =
            "SELECT r.object_id, r.cluster, r.uid, r.resource, r.api_version, r.kind, r.namespace, "
                    + "r.name, r.resource_version, r.owner_kind, r.owner_name, r.owner_uid, r.omitted, r.first_seen, "
                    + "r.last_seen, r.deleted_at, r.body FROM inventory_object r";

    private InventoryColumns() {}

    static String of(Field field) {
        return switch (field) {
            case CLUSTER -> "r.cluster";
            case NODE -> "r.node";
            case RESOURCE -> "r.resource";
            case KIND -> "r.kind";
            case NAMESPACE -> "r.namespace";
            case NAME -> "r.name";
            case UID -> "r.uid";
            case OWNER_KIND -> "r.owner_kind";
            case OWNER_NAME -> "r.owner_name";
            case OWNER_UID -> "r.owner_uid";
            case SERVICE_ACCOUNT -> "r.service_account";
            case IMAGE -> "r.images";
            case REASON -> "r.reason";
            case STATE -> "CASE WHEN r.deleted_at IS NULL THEN 'present' ELSE 'deleted' END";
            case FIRST_SEEN -> "r.first_seen";
            case LAST_SEEN -> "r.last_seen";
            case DELETED_AT -> "r.deleted_at";
            default -> throw new IllegalArgumentException("objects have no field " + field.fieldName());
        };
    }

    static InventoryRow read(ResultSet rows) throws SQLException {
        Instant first = rows.getObject(14, OffsetDateTime.class).toInstant();
        Instant last = rows.getObject(15, OffsetDateTime.class).toInstant();
        return new InventoryRow(
                rows.getLong(1),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                rows.getString(6),
                rows.getString(7),
                rows.getString(8),
                rows.getLong(9),
                rows.getString(10),
                rows.getString(11),
                rows.getString(12),
                rows.getInt(13),
                first,
                last,
                instant(rows, 16),
                rows.getString(17));
    }

    static @Nullable Instant instant(ResultSet rows, int column) throws SQLException {
        OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
