/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.backend.batch.Batch;
import dev.defender.protocol.v1.DetectionFinding;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The alerts of one transaction. The first sighting stays; further ones are counted on it. */
final class AlertUpserts {
    private static final String UPSERT = "INSERT INTO alert AS a (alert_uid, position, stream_id, received, "
            + "last_received, time, time_boot_ns, sequence, lane, alert_type, rule, severity, message, dedup_key, "
            + "user_uid, pid, parent_pid, src_port, dst_port, container, process_name, process_path, cmd_line, "
            + "parent_name, file_path, src_ip, dst_ip, body) "
            + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
            + "CAST(? AS inet), CAST(? AS inet), ?) ON CONFLICT (alert_uid) DO UPDATE SET "
            + "occurrences = a.occurrences + 1, last_received = greatest(a.last_received, excluded.last_received)";

    private final List<Found> found = new ArrayList<>();

    private record Found(
            Alert alert, long position, long streamId, OffsetDateTime received, DecodedBatch from, int index) {}

    void add(Alert alert, long position, long streamId, OffsetDateTime received, DecodedBatch from, int index) {
        found.add(new Found(alert, position, streamId, received, from, index));
    }

    void write(Connection connection) throws SQLException {
        if (found.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
            for (Found one : found) {
                bindIdentity(statement, one);
                bindColumns(statement, one.alert().columns());
                statement.setBytes(28, body(one.from().batch(), one.index()));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void bindIdentity(PreparedStatement statement, Found one) throws SQLException {
        DetectionFinding finding = one.alert().finding();
        long micros = one.from().clocks().timeMicros(finding.getTimeBootNs());
        statement.setString(1, one.alert().uid());
        statement.setLong(2, one.position());
        statement.setLong(3, one.streamId());
        statement.setObject(4, one.received());
        statement.setObject(5, one.received());
        statement.setObject(6, Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
        statement.setLong(7, finding.getTimeBootNs());
        statement.setLong(8, one.from().batch().sequence(one.index()));
        statement.setInt(9, one.from().lane());
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
        statement.setString(20, columns.container());
        statement.setString(21, columns.processName());
        statement.setString(22, columns.processPath());
        statement.setString(23, columns.commandLine());
        statement.setString(24, columns.parentName());
        statement.setString(25, columns.filePath());
        statement.setString(26, address(columns.sourceIp()));
        statement.setString(27, address(columns.destinationIp()));
    }

    private static @Nullable String address(byte @Nullable [] bytes) {
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            return null; // neither 4 nor 16 bytes: no address
        }
    }

    private static byte[] body(Batch batch, int index) {
        int from = batch.bodyOffset(index);
        return Arrays.copyOfRange(batch.bytes(), from, from + batch.bodyLength(index));
    }
}
