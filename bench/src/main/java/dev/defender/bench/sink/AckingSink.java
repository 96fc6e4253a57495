/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.sink;

import com.google.protobuf.MessageLite;
import dev.defender.protocol.v1.Ack;
import dev.defender.protocol.v1.Hello;
import dev.defender.protocol.v1.Lane;
import dev.defender.protocol.v1.Welcome;
import dev.defender.protocol.wire.Frame;
import dev.defender.protocol.wire.Lanes;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A publisher that keeps nothing: it checks each frame, counts its records and acknowledges them at once. One producer,
 * one connection.
 */
public final class AckingSink implements AutoCloseable {
    private static final long CREDIT_BYTES = 32L << 20;

    private final ServerSocketChannel server;
    private final Arrivals arrivals = new Arrivals();
    private final Thread thread;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer out = ByteBuffer.allocateDirect(4096).order(ByteOrder.LITTLE_ENDIAN);
    private volatile @Nullable IOException failure;

    private AckingSink(ServerSocketChannel server) {
        this.server = server;
        thread = Thread.ofPlatform().daemon().name("acking-sink").start(this::run);
    }

    /** Listens on {@code socket}, which must not exist. */
    public static AckingSink listen(Path socket) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        return new AckingSink(server);
    }

    /** What has arrived and been acknowledged. */
    public Arrivals arrivals() {
        return arrivals;
    }

    /** Why the sink ended early: the producer broke the protocol. Null if all is well. */
    public @Nullable IOException failure() {
        return failure;
    }

    /** Waits until the producer has hung up. */
    public void awaitEnd() throws InterruptedException {
        thread.join();
    }

    private void run() {
        try (SocketChannel channel = server.accept()) {
            serve(channel);
        } catch (AsynchronousCloseException closed) {
            // By close(): nobody connected.
        } catch (IOException e) {
            failure = e;
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        ByteBuffer in = ByteBuffer.allocateDirect(4 * Frame.MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (channel.read(in) >= 0) {
            int at = 0;
            while (in.position() - at >= Frame.HEADER_BYTES) {
                int length = Frame.length(in, at);
                if (length < 0) {
                    throw new IOException("no frame has the length " + in.getInt(at));
                }
                if (length > in.position() - at) {
                    break;
                }
                frame(channel, in, at, length);
                at += length;
            }
            in.flip().position(at);
            in.compact();
        }
    }

    private void frame(SocketChannel channel, ByteBuffer in, int at, int length) throws IOException {
        int end = in.position();
        // The checksum needs a limit past the frame, and puts it back.
        if (!Frame.intact(in, at, crc)) {
            throw new IOException("a frame's CRC is wrong");
        }
        in.position(end);
        switch (Frame.type(in, at)) {
            case Frame.HELLO -> {
                byte[] hello = new byte[length - Frame.HEADER_BYTES];
                in.get(at + Frame.HEADER_BYTES, hello);
                welcome(channel, Hello.parseFrom(hello));
            }
            case Frame.RECORDS -> acknowledge(channel, Frame.lane(in, at), arrivals.take(in, at, length));
            case Frame.BYE -> {}
            default -> throw new IOException("a producer does not send frames of type " + Frame.type(in, at));
        }
    }

    private void welcome(SocketChannel channel, Hello hello) throws IOException {
        Welcome.Builder welcome = Welcome.newBuilder().setProtocolVersion(Frame.PROTOCOL_VERSION);
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            welcome.addDurableSequence(hello.getNextSequence(lane) - 1).addCreditBytes(CREDIT_BYTES);
        }
        send(channel, Frame.WELCOME, 0, welcome.build());
    }

    private void acknowledge(SocketChannel channel, int lane, long sequence) throws IOException {
        send(
                channel,
                Frame.ACK,
                lane,
                Ack.newBuilder()
                        .setLane(lane == Lanes.BULK ? Lane.LANE_BULK : Lane.LANE_URGENT)
                        .setDurableSequence(sequence)
                        .setCreditBytes(CREDIT_BYTES)
                        .build());
    }

    private void send(SocketChannel channel, int type, int lane, MessageLite message) throws IOException {
        byte[] payload = message.toByteArray();
        out.clear();
        out.put(Frame.HEADER_BYTES, payload);
        int length = Frame.seal(out, 0, type, lane, 0, payload.length, new CRC32C());
        out.limit(length);
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
