/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.batch;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.defender.protocol.v1.BatchHeader;
import dev.defender.protocol.wire.RecordHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** Proves the shape of an uncompressed batch: "DFB1", u32 header length, BatchHeader, records; all little-endian. */
public final class BatchReader {
    private static final int PREFIX_BYTES = dev.defender.protocol.wire.Batch.PREAMBLE_BYTES;
    private static final int MAX_HEADER_BYTES = 64 << 10;

    private final ByteBuffer buffer;
    private final int length;

    private BatchReader(ByteBuffer buffer, int length) {
        this.buffer = buffer;
        this.length = length;
    }

    /** @param bytes owned by the batch from now on; the batch is its first {@code length} bytes */
    public static Batch read(byte[] bytes, int length) throws BadBatchException {
        return new BatchReader(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), length).read();
    }

    private Batch read() throws BadBatchException {
        if (length < PREFIX_BYTES) {
            throw new BadBatchException("the batch ends at byte " + length + ", inside its first " + PREFIX_BYTES);
        }
        if (buffer.getInt(0) != dev.defender.protocol.wire.Batch.MAGIC) {
            throw new BadBatchException("the batch does not begin with DFB1 but with the bytes "
                    + HexFormat.of().formatHex(buffer.array(), 0, 4));
        }
        long headerLength = Integer.toUnsignedLong(buffer.getInt(4));
        if (headerLength > MAX_HEADER_BYTES || headerLength > length - PREFIX_BYTES) {
            throw new BadBatchException("the batch header at byte 8 claims " + headerLength + " bytes; the batch has "
                    + length + " and a header at most " + MAX_HEADER_BYTES);
        }
        BatchHeader header = header((int) headerLength);
        HeaderCheck.check(header);
        return new Batch(header, buffer, records(header, PREFIX_BYTES + (int) headerLength));
    }

    private BatchHeader header(int headerLength) throws BadBatchException {
        try {
            return BatchHeader.parser().parseFrom(buffer.array(), PREFIX_BYTES, headerLength);
        } catch (InvalidProtocolBufferException e) {
            throw new BadBatchException("the batch header at byte 8 is no BatchHeader: " + e.getMessage());
        }
    }

    private int[] records(BatchHeader header, int start) throws BadBatchException {
        int[] offsets = new int[header.getCount()];
        int at = start;
        for (int i = 0; i < offsets.length; i++) {
            long previous = i == 0 ? 0 : RecordHeader.sequence(buffer, offsets[i - 1]);
            offsets[i] = at;
            at = record(header, i, at, previous);
        }
        if (at != length) {
            throw new BadBatchException("the batch header counts " + offsets.length + " records, which end at byte "
                    + at + "; the batch ends at byte " + length);
        }
        expectSequence(header.getFirstSequence(), offsets[0], "first_sequence");
        expectSequence(header.getLastSequence(), offsets[offsets.length - 1], "last_sequence");
        return offsets;
    }

    /** @return offset behind the record */
    private int record(BatchHeader header, int index, int at, long previous) throws BadBatchException {
        String where = "record " + index + " of " + header.getCount() + " at byte " + at;
        if (length - at < RecordHeader.BYTES) {
            throw new BadBatchException(where + " is cut off: the batch ends at byte " + length);
        }
        int version = RecordHeader.version(buffer, at);
        if (version != RecordHeader.VERSION) {
            throw new BadBatchException(
                    where + " has record version " + version + "; known is " + RecordHeader.VERSION);
        }
        int lane = RecordHeader.lane(buffer, at);
        if (lane != header.getLaneValue()) {
            throw new BadBatchException(where + " is of lane " + lane + ", the batch of lane " + header.getLaneValue());
        }
        int bodyLength = RecordHeader.bodyLength(buffer, at);
        if (bodyLength < 0 || bodyLength > RecordHeader.MAX_BODY_BYTES) {
            throw new BadBatchException(where + " claims a body of " + Integer.toUnsignedString(bodyLength)
                    + " bytes; a body has at most " + RecordHeader.MAX_BODY_BYTES);
        }
        if (bodyLength > length - at - RecordHeader.BYTES) {
            throw new BadBatchException(where + " is cut off: its body of " + bodyLength
                    + " bytes goes past the end of the batch at byte " + length);
        }
        long sequence = RecordHeader.sequence(buffer, at);
        if (sequence <= previous) {
            throw new BadBatchException(where + " has sequence " + Long.toUnsignedString(sequence) + " after "
                    + previous + "; sequences start at 1 and ascend");
        }
        return at + RecordHeader.BYTES + bodyLength;
    }

    private void expectSequence(long claimed, int offset, String name) throws BadBatchException {
        long sequence = RecordHeader.sequence(buffer, offset);
        if (claimed != sequence) {
            throw new BadBatchException("the batch header's " + name + " is " + Long.toUnsignedString(claimed)
                    + ", the record at byte " + offset + " has sequence " + sequence);
        }
    }
}
