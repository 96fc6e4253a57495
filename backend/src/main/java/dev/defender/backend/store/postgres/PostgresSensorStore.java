/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store.postgres;

import dev.defender.backend.store.ProducerStatus;
import dev.defender.backend.store.SensorStore;
import dev.defender.backend.store.StoreUnavailableException;
import dev.defender.protocol.v1.Accuracy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The newest stream of every producer, with what it last said of itself. */
public final class PostgresSensorStore implements SensorStore {
    // A stream that only a gap or cut names has no lane that was heard of; it is no producer's newest run by itself.
    private static final String SELECT = """
            SELECT s.cluster, s.node, s.boot_id, s.producer, s.epoch, m.heard, m.skew,
                   coalesce((SELECT sum(l.count) FROM loss l
                             WHERE l.stream_id = s.stream_id AND l.accuracy IN (?, ?)), 0),
                   h.body, h.received
            FROM (SELECT DISTINCT ON (cluster, node, producer) * FROM stream t
                  WHERE EXISTS (SELECT FROM lane_mark WHERE stream_id = t.stream_id AND last_received IS NOT NULL)
                  ORDER BY cluster, node, producer, first_received DESC, epoch DESC) s
            CROSS JOIN LATERAL (SELECT max(last_received) AS heard,
                                       (array_agg(clock_skew_ns ORDER BY last_received DESC NULLS LAST))[1] AS skew
                                FROM lane_mark WHERE stream_id = s.stream_id) m
            LEFT JOIN health h ON h.stream_id = s.stream_id
            ORDER BY s.cluster, s.node, s.producer
            """;

    private final Reader reader;

    public PostgresSensorStore(DataSource dataSource) {
        this.reader = new Reader(dataSource);
    }

    @Override
    public List<ProducerStatus> producers() throws StoreUnavailableException {
        return reader.<List<ProducerStatus>, RuntimeException>read(connection -> {
            List<ProducerStatus> producers = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
                statement.setInt(1, Accuracy.ACCURACY_AT_LEAST_VALUE);
                statement.setInt(2, Accuracy.ACCURACY_EXACT_VALUE);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        producers.add(producer(rows));
                    }
                }
            }
            return producers;
        });
    }

    private static ProducerStatus producer(ResultSet rows) throws SQLException {
        Instant heard = rows.getObject(6, OffsetDateTime.class).toInstant();
        long skew = rows.getLong(7);
        @Nullable Long knownSkew = rows.wasNull() ? null : skew;
        OffsetDateTime told = rows.getObject(10, OffsetDateTime.class);
        return new ProducerStatus(
                rows.getString(1),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getLong(5),
                heard,
                knownSkew,
                rows.getLong(8),
                rows.getBytes(9),
                told == null ? null : told.toInstant());
    }
}
