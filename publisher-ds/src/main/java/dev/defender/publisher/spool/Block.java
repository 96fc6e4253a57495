/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import dev.defender.protocol.wire.Frame;
import dev.defender.protocol.wire.RecordHeader;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What a segment file consists of, one after the other.
 *
 * <pre>
 * offset  0  u32     magic "DFBK"
 *         4  u8      format (1)
 *         5  u8      kind: 1 data, 2 stream
 *         6  u16     0
 *         8  u64     stream key
 *        16  u64     data: first sequence; stream: last sequence that was durable before this block
 *        24  u32     count: records of a data block; 1 of a stream block
 *        28  u32     payload length, bytes
 *        32  u64     CLOCK_BOOTTIME, ns ┐ one instant, when
 *        40  u64     wall clock, ns     ┘ the block was written
 *        48  u32     CRC32C of bytes 0–47, xor the segment's salt
 *        52  u32[]   CRC32C of each record (of the payload in a stream block)
 *         …          payload: contiguous records, or the stream's identity
 * </pre>
 *
 * The salt is random and stands in the file's name only: bytes that a process on this host smuggles into an event
 * cannot pass for a header when a reader looks for the next one.
 */
final class Block {
    static final int MAGIC = 0x4B424644;
    static final int FORMAT = 1;
    static final int KIND_DATA = 1;
    static final int KIND_STREAM = 2;
    static final int HEADER_BYTES = 52;
    static final int CRC_BYTES = 4;

    /** A block is closed at this size, so that a damaged header costs no more; one larger record makes it longer. */
    static final int PAYLOAD_TARGET_BYTES = 32 * 1024;

    static final int MAX_PAYLOAD_BYTES = RecordHeader.MAX_RECORD_BYTES;
    static final int MAX_RECORDS = 2048;
    static final int MAX_BYTES = HEADER_BYTES + MAX_RECORDS * CRC_BYTES + MAX_PAYLOAD_BYTES;

    private static final int COVERED = 48;

    private Block() {}

    /** Writes the header at {@code at}; the CRC table and the payload are the caller's. */
    static void writeHeader(
            ByteBuffer to,
            int at,
            int kind,
            long key,
            long first,
            int count,
            int payload,
            Instants now,
            int salt,
            CRC32C crc) {
        to.putInt(at, MAGIC);
        to.putInt(at + 4, FORMAT | kind << 8);
        to.putLong(at + 8, key);
        to.putLong(at + 16, first);
        to.putInt(at + 24, count);
        to.putInt(at + 28, payload);
        to.putLong(at + 32, now.boottimeNanos());
        to.putLong(at + 40, now.realtimeNanos());
        to.putInt(at + COVERED, Frame.checksum(to, at, COVERED, crc) ^ salt);
    }

    /** Whether an undamaged header stands at {@code at}, of which {@link #HEADER_BYTES} are there. */
    static boolean headerIntact(ByteBuffer from, int at, int salt, CRC32C crc) {
        if (from.getInt(at) != MAGIC || (from.getInt(at + COVERED) ^ salt) != Frame.checksum(from, at, COVERED, crc)) {
            return false;
        }
        int count = count(from, at);
        int payload = payloadLength(from, at);
        return from.get(at + 4) == FORMAT
                && count > 0
                && count <= MAX_RECORDS
                && payload >= 0
                && payload <= MAX_PAYLOAD_BYTES;
    }

    static int kind(ByteBuffer from, int at) {
        return from.get(at + 5) & 0xFF;
    }

    static long streamKey(ByteBuffer from, int at) {
        return from.getLong(at + 8);
    }

    static long first(ByteBuffer from, int at) {
        return from.getLong(at + 16);
    }

    static int count(ByteBuffer from, int at) {
        return from.getInt(at + 24);
    }

    static int payloadLength(ByteBuffer from, int at) {
        return from.getInt(at + 28);
    }

    static long boottimeNanos(ByteBuffer from, int at) {
        return from.getLong(at + 32);
    }

    static long realtimeNanos(ByteBuffer from, int at) {
        return from.getLong(at + 40);
    }

    static int tableOffset(int at) {
        return at + HEADER_BYTES;
    }

    static int payloadOffset(ByteBuffer from, int at) {
        return at + HEADER_BYTES + count(from, at) * CRC_BYTES;
    }

    /** Length of the whole block whose intact header stands at {@code at}. */
    static int length(ByteBuffer from, int at) {
        return HEADER_BYTES + count(from, at) * CRC_BYTES + payloadLength(from, at);
    }
}
