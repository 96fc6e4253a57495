/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.protocol.wire;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One message on the socket between a producer and the publisher.
 *
 * <pre>
 * offset  0  u32  length of what follows offset 8, bytes
 *         4  u32  CRC32C of what follows offset 8
 *         8  u8   type
 *         9  u8   lane (of RECORDS and ACK, else 0)
 *        10  u16  number of records (of RECORDS, else 0)
 *        12       payload
 * </pre>
 *
 * Numbers are little-endian; buffers must be in {@link java.nio.ByteOrder#LITTLE_ENDIAN}.
 */
public final class Frame {
    public static final int HEADER_BYTES = 12;

    /** Where the bytes that length and CRC speak of begin. */
    public static final int COVERED_FROM = 8;

    public static final int MAX_BYTES = 256 * 1024;
    public static final int MAX_PAYLOAD_BYTES = MAX_BYTES - HEADER_BYTES;

    public static final int PROTOCOL_VERSION = 1;

    public static final int HELLO = 1;
    public static final int WELCOME = 2;
    public static final int RECORDS = 3;
    public static final int ACK = 4;
    public static final int REFUSE = 5;
    public static final int BYE = 6;

    private Frame() {}

    /**
     * Writes the header of a frame whose payload already stands at {@code at + HEADER_BYTES}.
     *
     * @param crc scratch of the calling thread
     * @return length of the whole frame, bytes
     */
    public static int seal(ByteBuffer buffer, int at, int type, int lane, int count, int payloadLength, CRC32C crc) {
        buffer.put(at + 8, (byte) type);
        buffer.put(at + 9, (byte) lane);
        buffer.putShort(at + 10, (short) count);
        int covered = HEADER_BYTES - COVERED_FROM + payloadLength;
        buffer.putInt(at, covered);
        buffer.putInt(at + 4, checksum(buffer, at + COVERED_FROM, covered, crc));
        return COVERED_FROM + covered;
    }

    /**
     * Length of the whole frame that begins at {@code at}, from its first four bytes, or −1 if no frame has that
     * length.
     */
    public static int length(ByteBuffer buffer, int at) {
        int covered = buffer.getInt(at);
        return covered < HEADER_BYTES - COVERED_FROM || covered > MAX_BYTES - COVERED_FROM
                ? -1
                : COVERED_FROM + covered;
    }

    /** Whether the bytes of the whole frame at {@code at} match its CRC. */
    public static boolean intact(ByteBuffer buffer, int at, CRC32C crc) {
        return buffer.getInt(at + 4) == checksum(buffer, at + COVERED_FROM, buffer.getInt(at), crc);
    }

    public static int type(ByteBuffer buffer, int at) {
        return buffer.get(at + 8) & 0xFF;
    }

    public static int lane(ByteBuffer buffer, int at) {
        return buffer.get(at + 9) & 0xFF;
    }

    public static int count(ByteBuffer buffer, int at) {
        return buffer.getShort(at + 10) & 0xFFFF;
    }

    /** CRC32C of a range; leaves position and limit as they were and allocates nothing. */
    public static int checksum(ByteBuffer buffer, int from, int length, CRC32C crc) {
        int position = buffer.position();
        int limit = buffer.limit();
        buffer.limit(from + length).position(from);
        crc.reset();
        crc.update(buffer);
        buffer.limit(limit).position(position);
        return (int) crc.getValue();
    }
}
