/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.intake;

import dev.defender.protocol.wire.Frame;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.protocol.wire.RecordHeader;
import dev.defender.publisher.spool.LaneWriter;
import dev.defender.publisher.stream.StreamId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Takes whole frames off a connection and puts their records into the spool, unchanged. Intake thread only. */
final class FrameDispatch {
    /** What the dispatch leaves to the loop that owns the connections. */
    interface Listener {
        /** A HELLO came: the connection is to be welcomed or refused. */
        void hello(Connection from, Messages.Hello hello) throws RefusedException, IOException;

        /** A producer's latest Health message. */
        void health(StreamId from, byte[] message);
    }

    private final PendingRun pending;
    private final IntakeStats stats;
    private final Listener listener;
    private final Messages messages;
    private final CRC32C crc = new CRC32C();

    FrameDispatch(LaneWriter[] writers, IntakeStats stats, Listener listener, Messages messages) {
        this.pending = new PendingRun(writers);
        this.stats = stats;
        this.listener = listener;
        this.messages = messages;
    }

    /** Handles every whole frame that the connection has read. */
    void drain(Connection from) throws RefusedException, IOException {
        try {
            int handled = handleFrames(from);
            pending.flush();
            from.consume(handled);
        } finally {
            pending.discard();
        }
    }

    /** Returns how many bytes of what was read are handled. */
    private int handleFrames(Connection from) throws RefusedException, IOException {
        int at = 0;
        while (from.in().position() - at >= Frame.HEADER_BYTES) {
            ByteBuffer in = from.in();
            int length = Frame.length(in, at);
            if (length < 0 || from.stream() == null && length > in.capacity()) {
                throw new RefusedException(
                        Refusal.OVERSIZED,
                        "a frame claims " + Integer.toUnsignedString(in.getInt(at)) + " bytes; at most "
                                + (Frame.MAX_BYTES - Frame.COVERED_FROM) + ", and " + in.capacity()
                                + " before WELCOME");
            }
            if (in.position() - at < length) {
                break;
            }
            if (!Frame.intact(in, at, crc)) {
                throw new RefusedException(
                        Refusal.BAD_CRC, "a frame of " + length + " bytes does not match its CRC32C");
            }
            dispatch(from, in, at, length);
            at += length;
        }
        return at;
    }

    private void dispatch(Connection from, ByteBuffer in, int at, int length) throws RefusedException, IOException {
        int payload = at + Frame.HEADER_BYTES;
        int payloadLength = length - Frame.HEADER_BYTES;
        @Nullable StreamId stream = from.stream();
        switch (Frame.type(in, at)) {
            case Frame.HELLO -> {
                if (stream != null) {
                    throw new RefusedException(Refusal.MALFORMED, "a second HELLO on one connection");
                }
                listener.hello(from, messages.decodeHello(in, payload, payloadLength));
            }
            case Frame.RECORDS -> {
                if (stream == null) {
                    throw new RefusedException(Refusal.MALFORMED, "RECORDS before HELLO");
                }
                records(from, stream, in, at, payload, payloadLength);
            }
            case Frame.BYE -> {
                // The end of the stream follows; all that it needs, the sync, comes with or without it.
            }
            default ->
                throw new RefusedException(
                        Refusal.MALFORMED, "a frame of type " + Frame.type(in, at) + ", which producers do not send");
        }
    }

    private void records(Connection from, StreamId stream, ByteBuffer in, int at, int payload, int length)
            throws RefusedException, IOException {
        int lane = Frame.lane(in, at);
        int count = Frame.count(in, at);
        if (lane >= Lanes.COUNT) {
            throw new RefusedException(Refusal.MALFORMED, "a frame of lane " + lane + "; there are 0 and 1");
        }
        long first = RecordsCheck.check(in, payload, length, lane, count);
        stats.frames.incrementAndGet();
        stats.bytes.addAndGet(length);
        long expected = pending.expected(stream, lane);
        if (first > expected) {
            throw new RefusedException(
                    Refusal.HOLE,
                    "lane " + lane + " continues at sequence " + first + ", but " + expected + " was expected");
        }
        from.ackDue(lane);
        int known = (int) Math.min(expected - first, count);
        stats.repeated.addAndGet(known);
        stats.records.addAndGet(count - known);
        if (known == count) {
            return;
        }
        int skipped = skip(in, payload, known);
        pending.add(stream, lane, first + known, count - known, in, payload + skipped, length - skipped);
        if (lane == Lanes.URGENT) {
            findHealth(stream, in, payload, length);
        }
    }

    private static int skip(ByteBuffer in, int payload, int records) {
        int at = payload;
        for (int i = 0; i < records; i++) {
            at += RecordHeader.BYTES + RecordHeader.bodyLength(in, at);
        }
        return at - payload;
    }

    private void findHealth(StreamId stream, ByteBuffer in, int payload, int length) {
        for (int at = payload; at < payload + length; at += RecordHeader.BYTES + RecordHeader.bodyLength(in, at)) {
            if (RecordHeader.recordClass(in, at) == RecordClasses.HEALTH) {
                byte[] body = new byte[RecordHeader.bodyLength(in, at)];
                in.get(at + RecordHeader.BYTES, body);
                listener.health(stream, body);
            }
        }
    }
}
