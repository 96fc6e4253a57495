/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store.postgres;

import dev.defender.backend.store.EventRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads the part that events and alerts have in common. */
final class EventRows {
    /** Columns in the order that {@link #read} takes them, then whatever else a query wants. */
    static final String COLUMNS = "r.position, r.received, s.cluster, s.node, s.boot_id, s.producer, s.epoch, r.lane, "
            + "r.sequence, r.time_boot_ns, r.time, r.body";

    static final int COUNT = 12;

    private EventRows() {}

    static EventRow read(ResultSet row, int recordClass) throws SQLException {
        return new EventRow(
                row.getLong(1),
                instant(row, 2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7),
                row.getInt(8),
                row.getLong(9),
                recordClass,
                row.getLong(10),
                instant(row, 11),
                row.getBytes(12));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
