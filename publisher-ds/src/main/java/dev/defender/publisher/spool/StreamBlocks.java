/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import dev.defender.protocol.wire.Frame;
import dev.defender.publisher.stream.StreamId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Stream blocks: they give a stream key its identity and say how far the stream was durable before this place. */
final class StreamBlocks {
    static final int MAX_BYTES = Block.HEADER_BYTES + Block.CRC_BYTES + Long.BYTES + 2 * (1 + StreamId.MAX_NAME_BYTES);

    private StreamBlocks() {}

    /** Appends one block at {@code to}'s position. */
    static void write(ByteBuffer to, StreamId stream, long mark, Instants now, int salt, CRC32C crc) {
        int at = to.position();
        int payloadAt = at + Block.HEADER_BYTES + Block.CRC_BYTES;
        to.position(payloadAt);
        putIdentity(to, stream);
        int payload = to.position() - payloadAt;
        to.putInt(at + Block.HEADER_BYTES, Frame.checksum(to, payloadAt, payload, crc));
        Block.writeHeader(to, at, Block.KIND_STREAM, stream.key(), mark, 1, payload, now, salt, crc);
    }

    /** Identity in the stream block at {@code at}, whose header is intact; null if its payload is damaged. */
    static @Nullable StreamId read(ByteBuffer from, int at, CRC32C crc) {
        int payloadAt = Block.payloadOffset(from, at);
        int payload = Block.payloadLength(from, at);
        if (from.getInt(Block.tableOffset(at)) != Frame.checksum(from, payloadAt, payload, crc)) {
            return null;
        }
        ByteBuffer body = from.slice(payloadAt, payload).order(from.order());
        return body.remaining() < Long.BYTES + 2 ? null : getIdentity(body);
    }

    static void putIdentity(ByteBuffer to, StreamId stream) {
        to.putLong(stream.epoch());
        putName(to, stream.producer());
        putName(to, stream.bootId());
    }

    static StreamId getIdentity(ByteBuffer from) {
        long epoch = from.getLong();
        String producer = getName(from);
        return new StreamId(producer, getName(from), epoch);
    }

    private static void putName(ByteBuffer to, String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        to.put((byte) utf8.length).put(utf8);
    }

    private static String getName(ByteBuffer from) {
        byte[] utf8 = new byte[from.get() & 0xFF];
        from.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
