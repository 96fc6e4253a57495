/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.protocol.v1.Gap;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The gap records of one transaction: kept as they came, and added to the sums. */
final class Losses {
    private static final String INSERT =
            "INSERT INTO gap (stream_id, reporter_stream_id, received, counted, body) " + "VALUES (?, ?, ?, ?, ?)";
    private static final String UPSERT =
            "INSERT INTO loss AS l (stream_id, class, ledger_row, reason, accuracy, reporter, "
                    + "container, count, gaps, first_time_boot_ns, last_time_boot_ns, detail) "
                    + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?) "
                    + "ON CONFLICT (stream_id, class, ledger_row, reason, accuracy, reporter) DO UPDATE SET "
                    + "container = excluded.container, count = l.count + excluded.count, gaps = l.gaps + 1, "
                    + "first_time_boot_ns = least(l.first_time_boot_ns, excluded.first_time_boot_ns), "
                    + "last_time_boot_ns = greatest(l.last_time_boot_ns, excluded.last_time_boot_ns), detail = excluded.detail";

    private final List<Loss> losses = new ArrayList<>();

    private record Loss(
            long streamId, @Nullable Long reporterStreamId, OffsetDateTime received, long counted, Gap gap) {}

    /**
     * @param streamId the stream that lost
     * @param reporterStreamId the stream that told; null = this backend found out itself
     * @param counted how much of the gap's count is news
     */
    void add(long streamId, @Nullable Long reporterStreamId, OffsetDateTime received, long counted, Gap gap) {
        losses.add(new Loss(streamId, reporterStreamId, received, counted, gap));
    }

    void write(Connection connection) throws SQLException {
        if (losses.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT);
                PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
            for (Loss loss : losses) {
                insert.setLong(1, loss.streamId());
                insert.setObject(2, loss.reporterStreamId(), java.sql.Types.BIGINT);
                insert.setObject(3, loss.received());
                insert.setLong(4, loss.counted());
                insert.setBytes(5, loss.gap().toByteArray());
                insert.addBatch();
                bindSum(upsert, loss);
                upsert.addBatch();
            }
            insert.executeBatch();
            upsert.executeBatch();
        }
    }

    private static void bindSum(PreparedStatement upsert, Loss loss) throws SQLException {
        Gap gap = loss.gap();
        upsert.setLong(1, loss.streamId());
        upsert.setInt(2, gap.getRecordClassValue());
        upsert.setInt(3, gap.getLedgerRow());
        upsert.setInt(4, gap.getReasonValue());
        upsert.setInt(5, gap.getAccuracyValue());
        upsert.setString(6, CopyBuffer.withoutNul(gap.getReporter()));
        upsert.setString(7, CopyBuffer.withoutNul(gap.getContainerUid()));
        upsert.setLong(8, loss.counted());
        upsert.setLong(9, gap.getFirstTimeBootNs());
        upsert.setLong(10, gap.getLastTimeBootNs());
        upsert.setString(11, CopyBuffer.withoutNul(gap.getDetail()));
    }
}
