/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.batch;

import dev.defender.protocol.v1.BatchHeader;
import dev.defender.protocol.wire.RecordHeader;
import java.nio.ByteBuffer;

/**
 * A batch that is proved in shape: record headers agree with the batch header, sequences ascend, lengths are inside the
 * array. Bodies are not read. Immutable as long as nobody writes to {@link #bytes()}.
 */
public final class Batch {
    private final BatchHeader header;
    private final ByteBuffer buffer;
    private final int[] recordOffsets;

    Batch(BatchHeader header, ByteBuffer buffer, int[] recordOffsets) {
        this.header = header;
        this.buffer = buffer;
        this.recordOffsets = recordOffsets;
    }

    public BatchHeader header() {
        return header;
    }

    /** Number of records, at least one. */
    public int count() {
        return recordOffsets.length;
    }

    /** The uncompressed batch, not copied; may be longer than the batch. */
    public byte[] bytes() {
        return buffer.array();
    }

    /** Class number of record {@code index}, which may be one that this version does not know. */
    public int recordClass(int index) {
        return RecordHeader.recordClass(buffer, recordOffsets[index]);
    }

    public long sequence(int index) {
        return RecordHeader.sequence(buffer, recordOffsets[index]);
    }

    /** Offset in {@link #bytes()} of the body of record {@code index}. */
    public int bodyOffset(int index) {
        return recordOffsets[index] + RecordHeader.BYTES;
    }

    /** Bytes of the body of record {@code index}. */
    public int bodyLength(int index) {
        return RecordHeader.bodyLength(buffer, recordOffsets[index]);
    }
}
