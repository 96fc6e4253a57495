/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.outbox;

import dev.defender.link.ProducerIdentity;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.ProtoWriter;
import dev.defender.sensor.ledger.Cells;
import java.nio.charset.StandardCharsets;

/** Writes the body of a {@code defender.v1.Gap}. */
final class GapWriter {
    static final int NOT_RUNNING = 8;
    private static final int EXACT = 2;

    private final byte[] stream;
    private final byte[] reporter;

    GapWriter(ProducerIdentity identity) {
        this.stream = identity.streamFields();
        this.reporter = identity.producer().getBytes(StandardCharsets.UTF_8);
    }

    /** Exactly {@code count} events of the cell were lost before they had a number, or with the process. */
    void exact(
            ProtoWriter body, long epoch, int cell, int reason, long count, long first, long last, byte[] container) {
        head(body, epoch);
        body.varint(4, cell % Cells.SLOTS == Cells.SLOTS - 1 ? Lanes.URGENT : Lanes.BULK);
        body.varint(6, Cells.recordClass(cell));
        body.varint(7, Cells.row(cell));
        body.bytes(8, container, 0, container.length);
        body.fixed64(9, first);
        body.fixed64(10, last);
        body.varint(11, count);
        body.varint(12, EXACT);
        body.varint(13, reason);
        body.bytes(14, reporter, 0, reporter.length);
    }

    /** No hook was attached between the two times; how many events went by is not known. */
    void notRunning(ProtoWriter body, long epoch, long first, long last) {
        head(body, epoch);
        body.fixed64(9, first);
        body.fixed64(10, last);
        body.varint(13, NOT_RUNNING);
        body.bytes(14, reporter, 0, reporter.length);
    }

    private void head(ProtoWriter body, long epoch) {
        body.fields(stream, 0, stream.length);
        body.fixed64(3, epoch);
    }
}
