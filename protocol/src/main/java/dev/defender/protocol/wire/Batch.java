/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.protocol.wire;

import java.nio.ByteBuffer;

/**
 * The uncompressed body of one delivery to the backend.
 *
 * <pre>
 * offset  0  4 bytes "DFB1"
 *         4  u32     length of the BatchHeader message, bytes
 *         8          BatchHeader
 *         …          records, header and body as the producer made them, until the end
 * </pre>
 */
public final class Batch {
    /** "DFB1" read as a little-endian u32. */
    public static final int MAGIC = 0x31424644;

    public static final int PREAMBLE_BYTES = 8;
    public static final int MAX_BYTES = 4 * 1024 * 1024;
    public static final int MAX_RECORDS = 10_000;

    public static final String MEDIA_TYPE = "application/vnd.defender.batch";

    private Batch() {}

    /** Writes the preamble for a BatchHeader of {@code headerLength} bytes that stands right behind it. */
    public static void writePreamble(ByteBuffer buffer, int at, int headerLength) {
        buffer.putInt(at, MAGIC);
        buffer.putInt(at + 4, headerLength);
    }
}
