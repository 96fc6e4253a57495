/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.protocol.wire;

import java.nio.ByteBuffer;

/**
 * The fixed header before each record's body: what the spool and the shipper may know of a record without protobuf.
 *
 * <pre>
 * offset  0  u8   version (1)
 *         1  u8   lane
 *         2  u16  record class
 *         4  u32  body length, bytes
 *         8  u64  sequence, from 1, contiguous per (producer, epoch, lane)
 * </pre>
 *
 * All numbers are little-endian. Buffers given to this class must be in {@link java.nio.ByteOrder#LITTLE_ENDIAN}.
 */
public final class RecordHeader {
    public static final int BYTES = 16;
    public static final int VERSION = 1;

    /** A record, header included, is never longer: what one reader must be ready to hold. */
    public static final int MAX_RECORD_BYTES = 64 * 1024;

    public static final int MAX_BODY_BYTES = MAX_RECORD_BYTES - BYTES;

    private RecordHeader() {}

    public static void write(ByteBuffer buffer, int at, int lane, int recordClass, int bodyLength, long sequence) {
        buffer.put(at, (byte) VERSION);
        buffer.put(at + 1, (byte) lane);
        buffer.putShort(at + 2, (short) recordClass);
        buffer.putInt(at + 4, bodyLength);
        buffer.putLong(at + 8, sequence);
    }

    public static int version(ByteBuffer buffer, int at) {
        return buffer.get(at) & 0xFF;
    }

    public static int lane(ByteBuffer buffer, int at) {
        return buffer.get(at + 1) & 0xFF;
    }

    public static int recordClass(ByteBuffer buffer, int at) {
        return buffer.getShort(at + 2) & 0xFFFF;
    }

    /** Body length in bytes; not yet checked against {@link #MAX_BODY_BYTES}, and negative if it is past 2³¹. */
    public static int bodyLength(ByteBuffer buffer, int at) {
        return buffer.getInt(at + 4);
    }

    public static long sequence(ByteBuffer buffer, int at) {
        return buffer.getLong(at + 8);
    }

    /**
     * Length of the whole record at {@code at}, or −1 if what stands there cannot be one: wrong version, a length out
     * of bounds, or more than the {@code available} bytes.
     */
    public static int recordLength(ByteBuffer buffer, int at, int available) {
        if (available < BYTES || version(buffer, at) != VERSION) {
            return -1;
        }
        int body = bodyLength(buffer, at);
        return body < 0 || body > MAX_BODY_BYTES || body > available - BYTES ? -1 : BYTES + body;
    }
}
