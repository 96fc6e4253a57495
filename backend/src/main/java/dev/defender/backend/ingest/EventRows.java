/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.backend.batch.Batch;
import org.jspecify.annotations.Nullable;

/** Encodes rows of the table {@code event}. */
final class EventRows {
    static final String COPY = "COPY event (position, stream_id, received, time, time_boot_ns, sequence, user_uid, "
            + "ledger_row, pid, parent_pid, src_port, dst_port, class, lane, clock, " + Place.COLUMNS
            + ", process_name, "
            + "process_path, cmd_line, parent_name, file_path, src_ip, dst_ip, body) FROM STDIN (FORMAT binary)";

    private static final int FIELDS = 23 + Place.COUNT;

    /** Row header, then length and value of the first field. */
    private static final int POSITION_OFFSET = 2 + 4;

    private static final int STREAM_OFFSET = POSITION_OFFSET + 8 + 4;

    private EventRows() {}

    static void append(
            CopyBuffer rows,
            Batch batch,
            int index,
            ClockCorrection clocks,
            long timeBootNs,
            int ledgerRow,
            Columns columns) {
        rows.startRow(FIELDS);
        rows.int8(0);
        rows.int8(0);
        rows.timestamp(clocks.receivedMicros());
        rows.timestamp(clocks.timeMicros(timeBootNs));
        rows.int8(timeBootNs);
        rows.int8(batch.sequence(index));
        number(rows, columns.userUid());
        rows.int4(ledgerRow);
        number(rows, columns.pid());
        number(rows, columns.parentPid());
        number(rows, columns.sourcePort());
        number(rows, columns.destinationPort());
        rows.int4(batch.recordClass(index));
        rows.int2(batch.header().getLaneValue());
        rows.int2(clocks.quality(timeBootNs));
        place(rows, columns.place());
        rows.text(columns.processName());
        rows.text(columns.processPath());
        rows.text(columns.commandLine());
        rows.text(columns.parentName());
        rows.text(columns.filePath());
        rows.inet(columns.sourceIp());
        rows.inet(columns.destinationIp());
        rows.bytea(batch.bytes(), batch.bodyOffset(index), batch.bodyLength(index));
    }

    /** Fills in what only the writer knows. */
    static void complete(CopyBuffer rows, int rowStart, long position, long streamId) {
        rows.patch64(rowStart + POSITION_OFFSET, position);
        rows.patch64(rowStart + STREAM_OFFSET, streamId);
    }

    private static void place(CopyBuffer rows, @Nullable Place place) {
        if (place == null) {
            for (int i = 0; i < Place.COUNT; i++) {
                rows.nothing();
            }
            return;
        }
        rows.int2(place.context());
        rows.text(place.container());
        rows.text(place.name());
        rows.text(place.image());
        rows.text(place.namespace());
        rows.text(place.pod());
    }

    private static void number(CopyBuffer rows, @Nullable Long value) {
        if (value == null) {
            rows.nothing();
        } else {
            rows.int8(value);
        }
    }

    private static void number(CopyBuffer rows, @Nullable Integer value) {
        if (value == null) {
            rows.nothing();
        } else {
            rows.int4(value);
        }
    }
}
