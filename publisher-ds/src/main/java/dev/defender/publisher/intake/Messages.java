/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.intake;

import dev.defender.protocol.wire.Frame;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.ProtoReader;
import dev.defender.protocol.wire.ProtoWriter;
import dev.defender.publisher.stream.StreamId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** The control messages of the socket, encoded and decoded. One thread. */
final class Messages {
    private static final int MAX_MESSAGE_BYTES = 2048;
    private static final int MAX_REASON_CHARS = 400;

    private final byte[] scratch = new byte[MAX_MESSAGE_BYTES];
    private final ProtoWriter writer = new ProtoWriter();
    private final ProtoReader reader = new ProtoReader();
    private final CRC32C crc = new CRC32C();

    /**
     * A producer's first message.
     *
     * @param nextSequence by lane
     * @param previousEpoch 0 if it knows of none
     */
    record Hello(StreamId stream, long[] nextSequence, long previousEpoch, String version) {}

    Hello decodeHello(ByteBuffer from, int at, int length) throws RefusedException {
        if (length > scratch.length) {
            throw new RefusedException(Refusal.OVERSIZED, "HELLO of " + length + " bytes; at most " + scratch.length);
        }
        from.get(at, scratch, 0, length);
        long version = 0;
        String producer = "";
        String bootId = "";
        long epoch = 0;
        long[] next = new long[Lanes.COUNT];
        int lanes = 0;
        long previous = 0;
        String software = "";
        reader.wrap(scratch, 0, length);
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> version = reader.number();
                case 2 -> producer = reader.string();
                case 3 -> bootId = reader.string();
                case 4 -> epoch = reader.number();
                case 5 -> lanes = reader.repeated(next, lanes);
                case 6 -> previous = reader.number();
                case 7 -> software = reader.string();
                default -> {}
            }
        }
        if (reader.malformed()) {
            throw new RefusedException(Refusal.MALFORMED, "HELLO is not a protobuf message");
        }
        if (version != Frame.PROTOCOL_VERSION) {
            throw new RefusedException(
                    Refusal.UNKNOWN_VERSION,
                    "protocol version " + version + " is not known here; this publisher speaks version "
                            + Frame.PROTOCOL_VERSION + ": install sensor and publisher of one release");
        }
        requireName("producer", producer);
        requireName("boot_id", bootId);
        for (int lane = 0; lane < next.length; lane++) {
            next[lane] = Math.max(1, next[lane]);
        }
        return new Hello(new StreamId(producer, bootId, epoch), next, previous, software);
    }

    void welcome(ByteBuffer to, long[] durable, long[] credit, long[] previousDurable, boolean previousKnown) {
        writer.wrap(scratch, 0, scratch.length);
        writer.varint(1, Frame.PROTOCOL_VERSION);
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            writer.element(2, durable[lane]);
        }
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            writer.element(3, credit[lane]);
        }
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            writer.element(4, previousDurable[lane]);
        }
        writer.bool(5, previousKnown);
        frame(to, Frame.WELCOME, 0);
    }

    void ack(ByteBuffer to, int lane, long durable, long credit) {
        writer.wrap(scratch, 0, scratch.length);
        writer.varint(1, lane);
        writer.varint(2, durable);
        writer.varint(3, credit);
        frame(to, Frame.ACK, lane);
    }

    void refuse(ByteBuffer to, String reason, boolean permanent) {
        writer.wrap(scratch, 0, scratch.length);
        writer.string(1, reason.length() > MAX_REASON_CHARS ? reason.substring(0, MAX_REASON_CHARS) : reason);
        writer.bool(2, permanent);
        frame(to, Frame.REFUSE, 0);
    }

    private void frame(ByteBuffer to, int type, int lane) {
        int at = to.position();
        to.put(at + Frame.HEADER_BYTES, scratch, 0, writer.length());
        to.position(at + Frame.seal(to, at, type, lane, 0, writer.length(), crc));
    }

    private static void requireName(String field, String value) throws RefusedException {
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > StreamId.MAX_NAME_BYTES) {
            throw new RefusedException(
                    Refusal.MALFORMED, "HELLO." + field + " has " + bytes + " bytes; 1 to " + StreamId.MAX_NAME_BYTES);
        }
    }
}
