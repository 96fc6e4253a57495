/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.backend.store.AlertSighting;
import dev.defender.backend.store.AlertSink;
import dev.defender.backend.store.EventRow;
import dev.defender.protocol.v1.DetectionFinding;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Alerts in the table {@code alert}; the unit of work is the connection's transaction. */
final class PostgresAlertSink implements AlertSink<SQLException> {
    private static final String UPSERT = "INSERT INTO alert AS a (alert_uid, position, stream_id, received, "
            + "last_received, time, time_boot_ns, sequence, lane, alert_type, rule, severity, message, dedup_key, "
            + "user_uid, pid, parent_pid, src_port, dst_port, " + Place.COLUMNS
            + ", process_name, process_path, cmd_line, "
            + "parent_name, file_path, src_ip, dst_ip, body) "
            + "VALUES (" + "?, ".repeat(25 + Place.COUNT - 1)
            + "CAST(? AS inet), CAST(? AS inet), ?) ON CONFLICT (alert_uid) DO UPDATE SET "
            + "occurrences = a.occurrences + 1, last_received = greatest(a.last_received, excluded.last_received)";

    private final Connection connection;
    private final StreamIds streams;

    PostgresAlertSink(Connection connection, StreamIds streams) {
        this.connection = connection;
        this.streams = streams;
    }

    @Override
    public void upsert(List<AlertSighting> sightings) throws SQLException {
        if (sightings.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
            for (AlertSighting sighting : sightings) {
                bindIdentity(statement, sighting);
                bindColumns(statement, Columns.of(sighting.finding().getTrigger()));
                statement.setBytes(33, sighting.event().body());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private void bindIdentity(PreparedStatement statement, AlertSighting sighting) throws SQLException {
        DetectionFinding finding = sighting.finding();
        EventRow event = sighting.event();
        OffsetDateTime received = event.received().atOffset(ZoneOffset.UTC);
        statement.setString(1, sighting.alertUid());
        statement.setLong(2, event.position());
        statement.setLong(3, streams.resolve(connection, StreamKey.of(event), received));
        statement.setObject(4, received);
        statement.setObject(5, received);
        statement.setObject(6, event.time().atOffset(ZoneOffset.UTC));
        statement.setLong(7, event.timeBootNs());
        statement.setLong(8, event.sequence());
        statement.setInt(9, event.lane());
        statement.setString(10, CopyBuffer.withoutNul(finding.getAlertType()));
        statement.setString(11, CopyBuffer.withoutNul(finding.getRule()));
        statement.setInt(12, Math.clamp(finding.getSeverityValue(), 0, Short.MAX_VALUE));
        statement.setString(13, CopyBuffer.withoutNul(finding.getMessage()));
        statement.setString(14, CopyBuffer.withoutNul(finding.getDedupKey()));
    }

    private static void bindColumns(PreparedStatement statement, Columns columns) throws SQLException {
        statement.setObject(15, columns.userUid(), Types.BIGINT);
        statement.setObject(16, columns.pid(), Types.INTEGER);
        statement.setObject(17, columns.parentPid(), Types.INTEGER);
        statement.setObject(18, columns.sourcePort(), Types.INTEGER);
        statement.setObject(19, columns.destinationPort(), Types.INTEGER);
        place(statement, columns.place());
        statement.setString(26, columns.processName());
        statement.setString(27, columns.processPath());
        statement.setString(28, columns.commandLine());
        statement.setString(29, columns.parentName());
        statement.setString(30, columns.filePath());
        statement.setString(31, address(columns.sourceIp()));
        statement.setString(32, address(columns.destinationIp()));
    }

    private static void place(PreparedStatement statement, @Nullable Place place) throws SQLException {
        statement.setObject(20, place == null ? null : place.context(), Types.SMALLINT);
        statement.setString(21, place == null ? null : place.container());
        statement.setString(22, place == null ? null : place.name());
        statement.setString(23, place == null ? null : place.image());
        statement.setString(24, place == null ? null : place.namespace());
        statement.setString(25, place == null ? null : place.pod());
    }

    private static @Nullable String address(byte @Nullable [] bytes) {
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            return null; // neither 4 nor 16 bytes: no address
        }
    }
}
