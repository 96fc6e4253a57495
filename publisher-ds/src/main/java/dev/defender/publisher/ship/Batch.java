/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.ship;

import dev.defender.protocol.wire.RecordHeader;
import dev.defender.publisher.spool.Instants;
import dev.defender.publisher.spool.LaneReader;
import dev.defender.publisher.stream.StreamId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Contiguous records of one stream and lane, as the producer made them, in a direct buffer. In front of each record
 * that a part may begin with there is room for the part's header. One thread.
 */
final class Batch {
    /** Room for preamble and BatchHeader before the first record; later parts write theirs over settled records. */
    static final int HEADROOM_BYTES = 2048;

    private final ByteBuffer buffer;
    private final int maxBytes;
    private final int maxRecords;
    private StreamId stream = new StreamId("", "", 0);
    private long first;
    private int count;
    private Instants firstWritten = new Instants(0, 0);
    private Instants lastWritten = new Instants(0, 0);

    /** @param maxBytes of records */
    Batch(int maxBytes, int maxRecords) {
        this.maxBytes = maxBytes;
        this.maxRecords = maxRecords;
        this.buffer = ByteBuffer.allocateDirect(HEADROOM_BYTES + maxBytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    void clear() {
        buffer.clear().position(HEADROOM_BYTES);
        count = 0;
    }

    /** Takes the reader's current run if it continues the batch and there is room. */
    boolean add(LaneReader reader) {
        int records = (int) (reader.last() - reader.first() + 1);
        int length = reader.recordsLength();
        if (count > 0 && (!reader.stream().equals(stream) || reader.first() != first + count)
                || length > buffer.remaining()
                || count + records > maxRecords && count > 0) {
            return false;
        }
        if (count == 0) {
            stream = reader.stream();
            first = reader.first();
            firstWritten = reader.written();
        }
        lastWritten = reader.written();
        buffer.put(buffer.position(), reader.records(), reader.recordsAt(), length);
        buffer.position(buffer.position() + length);
        count += records;
        return true;
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean isFull() {
        return buffer.remaining() < maxBytes / 16 || count >= maxRecords;
    }

    StreamId stream() {
        return stream;
    }

    Instants firstWritten() {
        return firstWritten;
    }

    Instants lastWritten() {
        return lastWritten;
    }

    ByteBuffer buffer() {
        return buffer;
    }

    Part whole() {
        return new Part(HEADROOM_BYTES, buffer.position() - HEADROOM_BYTES, first, count);
    }

    /**
     * Some of a batch's records.
     *
     * @param at index of the first in the batch's buffer
     * @param length bytes
     * @param first sequence of the first
     */
    record Part(int at, int length, long first, int count) {
        long last() {
            return first + count - 1;
        }
    }

    /** The first half of a part of at least two records; the rest follows it. */
    Part firstHalf(Part part) {
        int half = part.count / 2;
        int end = part.at;
        for (int i = 0; i < half; i++) {
            end += RecordHeader.BYTES + RecordHeader.bodyLength(buffer, end);
        }
        return new Part(part.at, end - part.at, part.first, half);
    }

    static Part rest(Part part, Part firstHalf) {
        return new Part(
                part.at + firstHalf.length,
                part.length - firstHalf.length,
                part.first + firstHalf.count,
                part.count - firstHalf.count);
    }
}
