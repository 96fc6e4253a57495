/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.publisher;

import dev.defender.protocol.v1.Ack;
import dev.defender.protocol.v1.Hello;
import dev.defender.protocol.v1.Lane;
import dev.defender.protocol.v1.Refuse;
import dev.defender.protocol.v1.Welcome;
import dev.defender.protocol.wire.Frame;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.RecordHeader;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;

/**
 * A producer that offers events at a fixed rate: fifty frames a second, as full as the rate asks, within the credit that
 * the publisher gives.
 */
final class LoadProducer implements AutoCloseable {
    private static final int FRAMES_PER_SECOND = 50;
    private static final long RECEIVE_MILLIS = 1;

    private final SocketChannel channel;
    private final List<byte[]> bodies;
    private final ByteBuffer out = ByteBuffer.allocateDirect(Frame.MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer in = ByteBuffer.allocate(64 * 1024).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private long next = 1;
    private long sentBytes;
    private long ackedBytes;
    private long acked;
    private long credit;
    private long meanBytes;

    /** @param bodies encoded events, sent in turn */
    LoadProducer(Path socket, List<byte[]> bodies, String bootId, long epoch) throws IOException {
        this.bodies = bodies;
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        Hello hello = Hello.newBuilder()
                .setProtocolVersion(Frame.PROTOCOL_VERSION)
                .setProducer("sensor")
                .setBootId(bootId)
                .setEpoch(epoch)
                .addNextSequence(1)
                .addNextSequence(1)
                .build();
        byte[] payload = hello.toByteArray();
        out.put(Frame.HEADER_BYTES, payload);
        send(Frame.seal(out, 0, Frame.HELLO, 0, 0, payload.length, crc));
        while (credit == 0) {
            if (channel.read(in) < 0) {
                throw new EOFException("the publisher ended the connection before its welcome");
            }
            receive();
        }
        channel.configureBlocking(false);
        for (byte[] body : bodies) {
            meanBytes += RecordHeader.BYTES + body.length;
        }
        meanBytes /= bodies.size();
    }

    /** Events that were sent. */
    long sent() {
        return next - 1;
    }

    /** Events that the publisher has acknowledged. */
    long acked() {
        return acked;
    }

    /** Offers {@code rate} events per second for that time; what does not fit the credit is not sent. */
    void offer(long rate, long millis) throws IOException {
        long start = System.nanoTime();
        long end = start + TimeUnit.MILLISECONDS.toNanos(millis);
        long before = sent();
        long tick = TimeUnit.SECONDS.toNanos(1) / FRAMES_PER_SECOND;
        for (long at = start; at < end; at += tick) {
            while (System.nanoTime() < at) {
                LockSupport.parkNanos(at - System.nanoTime());
            }
            long due = before + rate * (at + tick - start) / TimeUnit.SECONDS.toNanos(1) - sent();
            poll();
            while (due > 0 && sentBytes - ackedBytes < credit) {
                due -= sendFrame(due);
            }
        }
    }

    /** Reads acknowledgements until all that was sent is acknowledged or the time is over. */
    void settle(long millis) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (acked < sent() && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RECEIVE_MILLIS));
            poll();
        }
    }

    private long sendFrame(long most) throws IOException {
        int at = Frame.HEADER_BYTES;
        int count = 0;
        while (count < most) {
            byte[] body = bodies.get((int) (next % bodies.size()));
            if (at + RecordHeader.BYTES + body.length > Frame.MAX_BYTES) {
                break;
            }
            RecordHeader.write(out, at, Lanes.BULK, 1, body.length, next);
            out.put(at + RecordHeader.BYTES, body);
            at += RecordHeader.BYTES + body.length;
            next++;
            count++;
        }
        sentBytes += at - Frame.HEADER_BYTES;
        send(Frame.seal(out, 0, Frame.RECORDS, Lanes.BULK, count, at - Frame.HEADER_BYTES, crc));
        return count;
    }

    private void send(int length) throws IOException {
        out.position(0).limit(length);
        while (out.hasRemaining()) {
            if (channel.write(out) == 0) {
                poll();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RECEIVE_MILLIS));
            }
        }
        out.clear();
    }

    private void poll() throws IOException {
        if (channel.read(in) < 0) {
            throw new EOFException("the publisher ended the connection");
        }
        receive();
    }

    private void receive() throws IOException {
        in.flip();
        while (in.remaining() >= Frame.HEADER_BYTES && in.remaining() >= Frame.length(in, in.position())) {
            int at = in.position();
            int length = Frame.length(in, at);
            ByteBuffer payload = in.slice(at + Frame.HEADER_BYTES, length - Frame.HEADER_BYTES);
            switch (Frame.type(in, at)) {
                case Frame.WELCOME -> credit = Welcome.parseFrom(payload).getCreditBytes(Lanes.BULK);
                case Frame.ACK -> acknowledged(Ack.parseFrom(payload));
                default ->
                    throw new IOException(
                            "refused: " + Refuse.parseFrom(payload).getReason());
            }
            in.position(at + length);
        }
        in.compact();
    }

    private void acknowledged(Ack ack) {
        if (ack.getLane() == Lane.LANE_BULK) {
            ackedBytes = ack.getDurableSequence() == sent() ? sentBytes : ack.getDurableSequence() * meanBytes;
            acked = ack.getDurableSequence();
            credit = ack.getCreditBytes();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
