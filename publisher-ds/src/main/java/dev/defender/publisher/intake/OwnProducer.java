/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.intake;

import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.RecordHeader;
import dev.defender.publisher.intake.OwnRecords.Pending;
import dev.defender.publisher.spool.LaneWriter;
import dev.defender.publisher.stream.StreamId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;

/** Numbers the publisher's own records and appends them to the urgent lane. Intake thread only. */
final class OwnProducer {
    private final StreamId stream;
    private final LaneWriter urgent;
    private final OwnRecords records;
    private final ByteBuffer buffer = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    private final Deque<Pending> appended = new ArrayDeque<>();
    private final Deque<Pending> again = new ArrayDeque<>();

    OwnProducer(StreamId stream, LaneWriter urgent, OwnRecords records) {
        this.stream = stream;
        this.urgent = urgent;
        this.records = records;
    }

    void appendPosted() throws IOException {
        while (!again.isEmpty()) {
            append(again.getFirst());
            again.removeFirst();
        }
        for (Pending next = records.peek(); next != null; next = records.peek()) {
            append(next);
            records.remove();
        }
    }

    void synced() {
        appended.forEach(Pending::isDurable);
        appended.clear();
    }

    void rolledBack() {
        while (!appended.isEmpty()) {
            again.addFirst(appended.removeLast());
        }
    }

    private void append(Pending record) throws IOException {
        byte[] body = record.body();
        int length = RecordHeader.BYTES + body.length;
        ByteBuffer to = length <= buffer.capacity()
                ? buffer
                : ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        if (urgent.appended(stream) < 0) {
            urgent.define(stream, 0);
        }
        long sequence = urgent.appended(stream) + 1;
        RecordHeader.write(to, 0, Lanes.URGENT, record.recordClass(), body.length, sequence);
        to.put(RecordHeader.BYTES, body);
        urgent.append(stream, sequence, 1, to, 0, length);
        appended.addLast(record);
    }
}
