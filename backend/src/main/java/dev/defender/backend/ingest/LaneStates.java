/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The lanes that one transaction touches: read when first asked for, written together at its end. */
final class LaneStates {
    private static final String SELECT =
            "SELECT mark, received, covered FROM lane_mark WHERE stream_id = ? AND lane = ?";
    private static final String UPSERT = "INSERT INTO lane_mark AS m (stream_id, lane, mark, received, covered, "
            + "last_received, clock_skew_ns) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (stream_id, lane) DO UPDATE SET "
            + "mark = excluded.mark, received = excluded.received, covered = excluded.covered, "
            + "last_received = coalesce(excluded.last_received, m.last_received), "
            + "clock_skew_ns = coalesce(excluded.clock_skew_ns, m.clock_skew_ns)";

    private final Connection connection;
    private final Map<Key, Lane> lanes = new LinkedHashMap<>();

    private record Key(long streamId, int lane) {}

    /** One lane; {@link #heard} is set when one of its batches came in, not when a gap record named it. */
    static final class Lane {
        final SequenceSet sequences;
        private @Nullable OffsetDateTime lastReceived;
        private @Nullable Long clockSkewNs;

        Lane(SequenceSet sequences) {
            this.sequences = sequences;
        }

        void heard(OffsetDateTime received, @Nullable Long skewNs) {
            lastReceived = received;
            clockSkewNs = skewNs;
        }
    }

    LaneStates(Connection connection) {
        this.connection = connection;
    }

    Lane get(long streamId, int lane) throws SQLException {
        Key key = new Key(streamId, lane);
        Lane known = lanes.get(key);
        if (known == null) {
            known = new Lane(load(key));
            lanes.put(key, known);
        }
        return known;
    }

    private SequenceSet load(Key key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
            statement.setLong(1, key.streamId());
            statement.setInt(2, key.lane());
            try (ResultSet result = statement.executeQuery()) {
                return result.next()
                        ? new SequenceSet(result.getLong(1), longs(result.getArray(2)), longs(result.getArray(3)))
                        : new SequenceSet();
            }
        }
    }

    void write() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
            for (Map.Entry<Key, Lane> entry : lanes.entrySet()) {
                Lane lane = entry.getValue();
                statement.setLong(1, entry.getKey().streamId());
                statement.setInt(2, entry.getKey().lane());
                statement.setLong(3, lane.sequences.mark());
                statement.setArray(4, connection.createArrayOf("int8", boxed(lane.sequences.received())));
                statement.setArray(5, connection.createArrayOf("int8", boxed(lane.sequences.covered())));
                statement.setObject(6, lane.lastReceived, java.sql.Types.TIMESTAMP_WITH_TIMEZONE);
                statement.setObject(7, lane.clockSkewNs, java.sql.Types.BIGINT);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static long[] longs(Array array) throws SQLException {
        return Stream.of((Long[]) array.getArray()).mapToLong(Long::longValue).toArray();
    }

    private static Long[] boxed(long[] values) {
        return java.util.Arrays.stream(values).boxed().toArray(Long[]::new);
    }
}
