/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import dev.defender.protocol.v1.Ack;
import dev.defender.protocol.v1.Cut;
import dev.defender.protocol.v1.Gap;
import dev.defender.protocol.v1.Hello;
import dev.defender.protocol.v1.InventoryList;
import dev.defender.protocol.v1.InventoryObject;
import dev.defender.protocol.v1.Lane;
import dev.defender.protocol.v1.Welcome;
import dev.defender.protocol.wire.Frame;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.protocol.wire.RecordHeader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A publisher that keeps what it is sent, in order, and acknowledges it while it may. */
final class RecordSink implements AutoCloseable {
    private static final long CREDIT = 4 << 20;

    private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    private final List<MessageLite> received = new CopyOnWriteArrayList<>();
    private final long[] durable = new long[2];
    private volatile boolean away;
    private volatile @Nullable SocketChannel client;

    RecordSink(Path socket) throws IOException {
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().daemon().start(this::accept);
    }

    /** Everything that came, in order: InventoryObject, InventoryList, Gap or Cut. */
    <M extends MessageLite> List<M> received(Class<M> type) {
        return received.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Takes nothing any more, or again. */
    void away(boolean gone) throws IOException {
        away = gone;
        SocketChannel channel = client;
        if (gone && channel != null) {
            channel.close();
        }
    }

    private void accept() {
        while (server.isOpen()) {
            try (SocketChannel channel = server.accept()) {
                client = channel;
                serve(channel);
            } catch (IOException e) {
                // Hung up by either side; the next connection follows.
                client = null;
            }
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        while (!away) {
            ByteBuffer frame = read(channel);
            switch (Frame.type(frame, 0)) {
                case Frame.HELLO -> {
                    Hello.parseFrom(frame.slice(Frame.HEADER_BYTES, frame.limit() - Frame.HEADER_BYTES));
                    Welcome.Builder welcome = Welcome.newBuilder().setProtocolVersion(Frame.PROTOCOL_VERSION);
                    for (long mark : durable) {
                        welcome.addDurableSequence(mark).addCreditBytes(CREDIT);
                    }
                    write(channel, Frame.WELCOME, welcome.build());
                }
                case Frame.RECORDS -> records(channel, frame);
                default -> {}
            }
        }
    }

    private void records(SocketChannel channel, ByteBuffer frame) throws IOException {
        int lane = Frame.lane(frame, 0);
        for (int at = Frame.HEADER_BYTES; at < frame.limit(); ) {
            int length = RecordHeader.recordLength(frame, at, frame.limit() - at);
            long sequence = RecordHeader.sequence(frame, at);
            if (sequence > durable[lane]) {
                durable[lane] = sequence;
                byte[] body = new byte[length - RecordHeader.BYTES];
                frame.get(at + RecordHeader.BYTES, body);
                keep(RecordHeader.recordClass(frame, at), body);
            }
            at += length;
        }
        Ack ack = Ack.newBuilder()
                .setLane(Lane.forNumber(lane))
                .setDurableSequence(durable[lane])
                .setCreditBytes(CREDIT)
                .build();
        write(channel, Frame.ACK, ack);
    }

    private void keep(int recordClass, byte[] body) throws InvalidProtocolBufferException {
        switch (recordClass) {
            case RecordClasses.INVENTORY, RecordClasses.KUBERNETES_EVENT ->
                received.add(InventoryObject.parseFrom(body));
            case RecordClasses.INVENTORY_LIST -> received.add(InventoryList.parseFrom(body));
            case RecordClasses.GAP -> received.add(Gap.parseFrom(body));
            case RecordClasses.CUT -> received.add(Cut.parseFrom(body));
            default -> {}
        }
    }

    private static ByteBuffer read(SocketChannel channel) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(Frame.MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        fill(channel, frame.limit(Frame.HEADER_BYTES));
        fill(channel, frame.limit(Frame.length(frame, 0)));
        return frame;
    }

    private static void fill(SocketChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new IOException("the producer is gone");
            }
        }
    }

    private static void write(SocketChannel channel, int type, MessageLite message) throws IOException {
        byte[] body = message.toByteArray();
        ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER_BYTES + body.length).order(ByteOrder.LITTLE_ENDIAN);
        frame.put(Frame.HEADER_BYTES, body);
        Frame.seal(frame, 0, type, 0, 0, body.length, new CRC32C());
        channel.write(frame);
    }

    @Override
    public void close() throws IOException {
        server.close();
        away(true);
    }
}
