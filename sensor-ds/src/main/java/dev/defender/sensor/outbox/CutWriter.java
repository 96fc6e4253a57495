/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.outbox;

import dev.defender.link.ProducerIdentity;
import dev.defender.protocol.wire.ProtoWriter;
import dev.defender.sensor.ledger.Cells;

/** Writes the body of a {@code defender.v1.Cut}, row by row. */
final class CutWriter {
    /** A cut with more rows is continued in another of the same instant, to stay well within a record. */
    static final int MAX_ROWS = 400;

    private final byte[] stream;

    CutWriter(ProducerIdentity identity) {
        this.stream = identity.streamFields();
    }

    void head(ProtoWriter body, long epoch, long now, long lastBulk, long lastUrgent) {
        body.fields(stream, 0, stream.length);
        body.fixed64(3, epoch);
        body.fixed64(4, now);
        body.element(5, lastBulk);
        body.element(5, lastUrgent);
    }

    void row(ProtoWriter body, int cell, byte[] container, long captured, long filtered, long lost) {
        int mark = body.begin(6);
        body.varint(1, Cells.recordClass(cell));
        body.varint(2, Cells.row(cell));
        body.bytes(3, container, 0, container.length);
        body.varint(4, captured);
        body.varint(5, filtered);
        body.varint(6, lost);
        body.end(mark);
    }

    void end(ProtoWriter body, boolean last, boolean unknown) {
        body.bool(7, last);
        body.bool(8, unknown);
    }
}
