/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store.postgres;

import dev.defender.backend.store.EventQuery;
import dev.defender.backend.store.EventRow;
import dev.defender.backend.store.EventStore;
import dev.defender.backend.store.RowSink;
import dev.defender.backend.store.StoreUnavailableException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;
import javax.sql.DataSource;

/** Events in the partitioned table {@code event}. */
public final class PostgresEventStore implements EventStore {
    private static final String SELECT =
            "SELECT " + EventRows.COLUMNS + ", r.class FROM event r JOIN stream s USING (stream_id)";

    private final Reader reader;

    public PostgresEventStore(DataSource dataSource) {
        this.reader = new Reader(dataSource);
    }

    @Override
    public <X extends Exception> void events(EventQuery query, RowSink<EventRow, X> sink)
            throws X, StoreUnavailableException {
        reader.<Integer, X>read(connection -> {
            try (PreparedStatement statement = PositionQuery.prepare(connection, SELECT, query, EventColumns::ofEvent);
                    ResultSet rows = statement.executeQuery()) {
                int given = 0;
                while (rows.next()) {
                    given++;
                    sink.accept(EventRows.read(rows, rows.getInt(EventRows.COUNT + 1)));
                }
                return given;
            }
        });
    }

    @Override
    public Optional<EventRow> event(long position) throws StoreUnavailableException {
        return reader.<Optional<EventRow>, RuntimeException>read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(SELECT + " WHERE r.position = ?")) {
                statement.setLong(1, position);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next()
                            ? Optional.of(EventRows.read(rows, rows.getInt(EventRows.COUNT + 1)))
                            : Optional.empty();
                }
            }
        });
    }
}
