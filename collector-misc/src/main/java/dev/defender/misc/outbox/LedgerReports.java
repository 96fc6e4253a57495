/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.outbox;

import dev.defender.link.ProducerIdentity;
import dev.defender.misc.outbox.Totals.Cell;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.ProtoWriter;

/** Bodies of {@code defender.v1.Cut} and {@code Gap}. Collector thread. */
final class LedgerReports {
    private static final int EXACT = 2;
    private static final int OUT_OF_CREDIT = 2;
    private static final int NOT_RUNNING = 8;

    private final ProducerIdentity identity;
    private final byte[] stream;

    LedgerReports(ProducerIdentity identity) {
        this.identity = identity;
        this.stream = identity.streamFields();
    }

    void cut(ProtoWriter body, long now, long lastBulk, long lastUrgent, Totals totals, boolean last) {
        body.fields(stream, 0, stream.length);
        body.fixed64(3, identity.epoch());
        body.fixed64(4, now);
        body.element(5, lastBulk);
        body.element(5, lastUrgent);
        for (Cell cell : Cell.ALL) {
            int mark = body.begin(6);
            body.varint(1, cell.recordClass());
            body.varint(4, totals.captured(cell));
            body.varint(5, totals.filtered(cell));
            body.varint(6, totals.lost(cell));
            body.end(mark);
        }
        body.bool(7, last);
    }

    /** The last cut of an epoch that was killed: nothing of what it counted is left. */
    void cutUnknown(ProtoWriter body, long epoch, long now) {
        body.fields(stream, 0, stream.length);
        body.fixed64(3, epoch);
        body.fixed64(4, now);
        body.bool(7, true);
        body.bool(8, true);
    }

    void outOfCredit(ProtoWriter body, Cell cell, long count, long since, long now) {
        body.fields(stream, 0, stream.length);
        body.fixed64(3, identity.epoch());
        body.varint(4, Lanes.BULK);
        body.varint(6, cell.recordClass());
        body.fixed64(9, since);
        body.fixed64(10, now);
        body.varint(11, count);
        body.varint(12, EXACT);
        body.varint(13, OUT_OF_CREDIT);
        body.string(14, identity.producer());
        body.string(15, "the window was full; objects are listed again once there is room");
    }

    /** From the start of the epoch before to the start of this one nobody watched all the time. */
    void notRunning(ProtoWriter body, long since) {
        body.fields(stream, 0, stream.length);
        body.fixed64(3, identity.epoch());
        body.fixed64(9, since);
        body.fixed64(10, identity.epoch());
        body.varint(13, NOT_RUNNING);
        body.string(14, identity.producer());
    }
}
