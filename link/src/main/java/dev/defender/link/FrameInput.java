/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.link;

import dev.defender.protocol.wire.Frame;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.zip.CRC32C;

/** Cuts what the publisher sends into frames. Its frames are small; a longer one is an error. Link thread, no allocation. */
final class FrameInput {
    private static final int CAPACITY = 64 * 1024;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY).order(ByteOrder.LITTLE_ENDIAN);
    private final byte[] payload = new byte[CAPACITY];
    private final CRC32C crc = new CRC32C();
    private int payloadLength;
    private int type;

    void restart() {
        buffer.clear();
    }

    /** Reads what is there without waiting. */
    void fill(ReadableByteChannel channel) throws IOException {
        if (channel.read(buffer) < 0) {
            throw new EOFException("the publisher closed the connection");
        }
    }

    /** Takes the next whole frame out; false if there is none yet. */
    boolean next() throws IOException {
        int filled = buffer.position();
        if (filled < Frame.HEADER_BYTES) {
            return false;
        }
        int length = Frame.length(buffer, 0);
        if (length < 0 || length > CAPACITY) {
            throw new IOException("a frame of " + Integer.toUnsignedString(buffer.getInt(0)) + " bytes");
        }
        if (filled < length) {
            return false;
        }
        buffer.position(0);
        if (!Frame.intact(buffer, 0, crc)) {
            throw new IOException("a frame with a wrong CRC");
        }
        type = Frame.type(buffer, 0);
        payloadLength = length - Frame.HEADER_BYTES;
        buffer.get(Frame.HEADER_BYTES, payload, 0, payloadLength);
        buffer.limit(filled).position(length);
        buffer.compact();
        return true;
    }

    int type() {
        return type;
    }

    byte[] payload() {
        return payload;
    }

    int payloadLength() {
        return payloadLength;
    }
}
