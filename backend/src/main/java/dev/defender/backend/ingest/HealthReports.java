/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.backend.batch.Batch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The last health record of each stream in one transaction. */
final class HealthReports {
    private static final String UPSERT = "INSERT INTO health AS h (stream_id, received, body) VALUES (?, ?, ?) "
            + "ON CONFLICT (stream_id) DO UPDATE SET received = excluded.received, body = excluded.body";

    private final Map<Long, Told> last = new LinkedHashMap<>();

    private record Told(OffsetDateTime received, byte[] body) {}

    void add(long streamId, OffsetDateTime received, Batch batch, int index) {
        int from = batch.bodyOffset(index);
        last.put(streamId, new Told(received, Arrays.copyOfRange(batch.bytes(), from, from + batch.bodyLength(index))));
    }

    void write(Connection connection) throws SQLException {
        if (last.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
            for (Map.Entry<Long, Told> entry : last.entrySet()) {
                statement.setLong(1, entry.getKey());
                statement.setObject(2, entry.getValue().received());
                statement.setBytes(3, entry.getValue().body());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
