/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Numbers of streams. Those of committed transactions are remembered. For the writer's thread. */
final class StreamIds {
    private static final int REMEMBERED = 10_000;

    private static final String SELECT = "SELECT stream_id FROM stream WHERE cluster = ? AND node = ? AND boot_id = ? "
            + "AND producer = ? AND epoch = ?";
    private static final String INSERT = "INSERT INTO stream (cluster, node, boot_id, producer, epoch, first_received) "
            + "VALUES (?, ?, ?, ?, ?, ?) RETURNING stream_id";

    private final Map<StreamKey, Long> committed = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StreamKey, Long> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Map<StreamKey, Long> fresh = new HashMap<>();

    /** The stream's number; the stream is made if nobody has heard of it. Writers take turns, so nobody else makes it. */
    long resolve(Connection connection, StreamKey key, OffsetDateTime received) throws SQLException {
        Long known = committed.get(key);
        if (known == null) {
            known = fresh.get(key);
        }
        if (known == null) {
            known = select(connection, key);
            if (known == 0) {
                known = insert(connection, key, received);
            }
            fresh.put(key, known);
        }
        return known;
    }

    void committed() {
        committed.putAll(fresh);
        fresh.clear();
    }

    void rolledBack() {
        fresh.clear();
    }

    /** After retention has removed streams, or another process may have. */
    void forget() {
        committed.clear();
        fresh.clear();
    }

    private static long select(Connection connection, StreamKey key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
            bind(statement, key);
            return single(statement);
        }
    }

    private static long insert(Connection connection, StreamKey key, OffsetDateTime received) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            bind(statement, key);
            statement.setObject(6, received);
            return single(statement);
        }
    }

    private static void bind(PreparedStatement statement, StreamKey key) throws SQLException {
        statement.setString(1, key.cluster());
        statement.setString(2, key.node());
        statement.setString(3, key.bootId());
        statement.setString(4, key.producer());
        statement.setLong(5, key.epoch());
    }

    private static long single(PreparedStatement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            return result.next() ? result.getLong(1) : 0;
        }
    }
}
