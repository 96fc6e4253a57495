/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The event rows of one transaction, sent as one COPY. Rows that stand side by side go out in one piece. */
final class EventCopy {
    private final List<Piece> pieces = new ArrayList<>();

    private static final class Piece {
        private final CopyBuffer buffer;
        private final int start;
        private int end;

        Piece(CopyBuffer buffer, int start, int end) {
            this.buffer = buffer;
            this.start = start;
            this.end = end;
        }
    }

    void add(DecodedBatch decoded, int index) {
        int start = decoded.rowStarts()[index];
        int end = decoded.rowStarts()[index + 1];
        Piece last = pieces.isEmpty() ? null : pieces.getLast();
        if (last != null && last.buffer == decoded.rows() && last.end == start) {
            last.end = end;
        } else {
            pieces.add(new Piece(decoded.rows(), start, end));
        }
    }

    void write(Connection connection) throws SQLException {
        if (pieces.isEmpty()) {
            return;
        }
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(EventRows.COPY);
        try {
            copy.writeToCopy(CopyBuffer.HEADER, 0, CopyBuffer.HEADER.length);
            for (Piece piece : pieces) {
                copy.writeToCopy(piece.buffer.bytes(), piece.start, piece.end - piece.start);
            }
            copy.writeToCopy(CopyBuffer.TRAILER, 0, CopyBuffer.TRAILER.length);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
