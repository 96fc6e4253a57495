/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** What one transaction stores, counted as the ledger counts: per stream, class and counter row of the node. */
final class DeliveredCounts {
    /** Classes from here on are about the pipeline, not captured on the node, and stand in no ledger row. */
    static final int FIRST_CLASS_OUTSIDE = 64;

    private static final String UPSERT = "INSERT INTO delivered AS d (stream_id, class, ledger_row, count) "
            + "SELECT * FROM unnest(?::bigint[], ?::integer[], ?::integer[], ?::bigint[]) "
            + "ON CONFLICT (stream_id, class, ledger_row) DO UPDATE SET count = d.count + excluded.count";

    private final Map<Key, Long> counts = new TreeMap<>(Comparator.comparingLong(Key::streamId)
            .thenComparingInt(Key::recordClass)
            .thenComparingInt(Key::row));

    private record Key(long streamId, int recordClass, int row) {}

    void add(long streamId, int recordClass, int row) {
        if (recordClass < FIRST_CLASS_OUTSIDE) {
            counts.merge(new Key(streamId, recordClass, row), 1L, Long::sum);
        }
    }

    void write(Connection connection) throws SQLException {
        if (counts.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "int8", counts.keySet().stream().map(Key::streamId).toArray(Long[]::new)));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "int4",
                            counts.keySet().stream().map(Key::recordClass).toArray(Integer[]::new)));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "int4", counts.keySet().stream().map(Key::row).toArray(Integer[]::new)));
            statement.setArray(
                    4, connection.createArrayOf("int8", counts.values().toArray(Long[]::new)));
            statement.executeUpdate();
        }
    }
}
