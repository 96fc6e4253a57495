/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store.postgres;

import dev.defender.backend.store.AlertRow;
import dev.defender.backend.store.AlertStore;
import dev.defender.backend.store.EventQuery;
import dev.defender.backend.store.RowSink;
import dev.defender.backend.store.StoreUnavailableException;
import dev.defender.protocol.v1.ContextState;
import dev.defender.protocol.v1.RecordClass;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Alerts in the table {@code alert}. */
public final class PostgresAlertStore implements AlertStore {
    private static final String SELECT = "SELECT " + EventRows.COLUMNS
            + ", r.alert_uid, r.status, r.version, c.body FROM alert r JOIN stream s USING (stream_id)"
            + " LEFT JOIN container_context c ON r.context = " + ContextState.CONTEXT_STATE_MISSING_VALUE
            + " AND c.cluster = s.cluster AND c.node = s.node AND c.uid = r.container";

    private final Reader reader;

    public PostgresAlertStore(DataSource dataSource) {
        this.reader = new Reader(dataSource);
    }

    @Override
    public <X extends Exception> void alerts(EventQuery query, RowSink<AlertRow, X> sink)
            throws X, StoreUnavailableException {
        reader.<Integer, X>read(connection -> {
            try (PreparedStatement statement = PositionQuery.prepare(connection, SELECT, query, EventColumns::ofAlert);
                    ResultSet rows = statement.executeQuery()) {
                int given = 0;
                while (rows.next()) {
                    given++;
                    sink.accept(row(rows));
                }
                return given;
            }
        });
    }

    @Override
    public Optional<AlertRow> alert(String alertUid) throws StoreUnavailableException {
        return reader.<Optional<AlertRow>, RuntimeException>read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(SELECT + " WHERE r.alert_uid = ?")) {
                statement.setString(1, alertUid);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(row(rows)) : Optional.empty();
                }
            }
        });
    }

    private static AlertRow row(ResultSet rows) throws SQLException {
        return new AlertRow(
                rows.getString(EventRows.COUNT + 1),
                rows.getString(EventRows.COUNT + 2),
                rows.getLong(EventRows.COUNT + 3),
                EventRows.read(rows, RecordClass.RECORD_CLASS_DETECTION_VALUE),
                rows.getBytes(EventRows.COUNT + 4));
    }
}
