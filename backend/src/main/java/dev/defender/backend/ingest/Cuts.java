/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.protocol.v1.Cut;
import dev.defender.protocol.v1.CutRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** The cuts of one transaction. Totals replace older totals, whatever order they arrive in. */
final class Cuts {
    private static final String CUT = "INSERT INTO cut AS c (stream_id, time_boot_ns, received, last_sequence, final, "
            + "unknown) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (stream_id) DO UPDATE SET "
            + "time_boot_ns = excluded.time_boot_ns, received = excluded.received, "
            + "last_sequence = excluded.last_sequence, final = c.final OR excluded.final, "
            + "unknown = c.unknown OR excluded.unknown WHERE c.time_boot_ns <= excluded.time_boot_ns";
    private static final String ROW =
            "INSERT INTO cut_row AS r (stream_id, class, ledger_row, container, time_boot_ns, "
                    + "captured, filtered, lost) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
                    + "ON CONFLICT (stream_id, class, ledger_row) DO UPDATE SET container = excluded.container, "
                    + "time_boot_ns = excluded.time_boot_ns, captured = excluded.captured, filtered = excluded.filtered, "
                    + "lost = excluded.lost WHERE r.time_boot_ns <= excluded.time_boot_ns";

    private final List<Counted> cuts = new ArrayList<>();

    private record Counted(long streamId, OffsetDateTime received, Cut cut) {}

    /** @param streamId the stream that is cut */
    void add(long streamId, OffsetDateTime received, Cut cut) {
        cuts.add(new Counted(streamId, received, cut));
    }

    void write(Connection connection) throws SQLException {
        if (cuts.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(CUT);
                PreparedStatement row = connection.prepareStatement(ROW)) {
            for (Counted counted : cuts) {
                Cut cut = counted.cut();
                statement.setLong(1, counted.streamId());
                statement.setLong(2, cut.getTimeBootNs());
                statement.setObject(3, counted.received());
                statement.setArray(
                        4,
                        connection.createArrayOf(
                                "int8", cut.getLastSequenceList().toArray(Long[]::new)));
                statement.setBoolean(5, cut.getFinal());
                statement.setBoolean(6, cut.getUnknown());
                statement.addBatch();
                for (CutRow line : cut.getRowsList()) {
                    bindRow(row, counted.streamId(), cut.getTimeBootNs(), line);
                    row.addBatch();
                }
            }
            statement.executeBatch();
            row.executeBatch();
        }
    }

    private static void bindRow(PreparedStatement row, long streamId, long timeBootNs, CutRow line)
            throws SQLException {
        row.setLong(1, streamId);
        row.setInt(2, line.getRecordClassValue());
        row.setInt(3, line.getLedgerRow());
        row.setString(4, CopyBuffer.withoutNul(line.getContainerUid()));
        row.setLong(5, timeBootNs);
        row.setLong(6, line.getCaptured());
        row.setLong(7, line.getFiltered());
        row.setLong(8, line.getLost());
    }
}
