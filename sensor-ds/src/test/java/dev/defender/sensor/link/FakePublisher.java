/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.link;

import com.google.protobuf.MessageLite;
import dev.defender.protocol.v1.Ack;
import dev.defender.protocol.v1.Hello;
import dev.defender.protocol.v1.Lane;
import dev.defender.protocol.v1.Refuse;
import dev.defender.protocol.v1.Welcome;
import dev.defender.protocol.wire.Frame;
import dev.defender.protocol.wire.RecordHeader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A publisher that speaks the protocol over a real unix socket with the generated classes, and keeps what it is sent. */
public final class FakePublisher implements AutoCloseable {
    /** A record as it arrived. */
    public record Received(long epoch, int lane, int recordClass, long sequence, byte[] body) {}

    private final Path socket;
    private final Map<Long, long[]> durable = new ConcurrentHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Hello> hellos = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final List<Integer> otherFrames = new CopyOnWriteArrayList<>();
    private final Semaphore gate = new Semaphore(Integer.MAX_VALUE);
    private volatile boolean acking = true;
    private volatile long credit = 64L << 20;
    private volatile @Nullable Refuse refuse;
    private volatile boolean keepBodies = true;
    private @Nullable ServerSocketChannel server;
    private @Nullable volatile SocketChannel client;

    public FakePublisher(Path socket) {
        this.socket = socket;
    }

    public FakePublisher start() throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(socket));
        server = channel;
        Thread.ofPlatform().name("fake-publisher").daemon().start(() -> accept(channel));
        return this;
    }

    /** Whether records are made durable and acknowledged; otherwise all that come on the connection are forgotten. */
    public void acking(boolean on) {
        acking = on;
    }

    public void credit(long bytes) {
        credit = bytes;
    }

    public void refuse(@Nullable Refuse answer) {
        refuse = answer;
    }

    public void keepBodies(boolean on) {
        keepBodies = on;
    }

    /** No frame is read until {@link #resume}. */
    public void pause() {
        gate.drainPermits();
    }

    public void resume() {
        gate.release(Integer.MAX_VALUE - gate.availablePermits());
    }

    /** Cuts the connection. */
    public void hangUp() throws IOException {
        SocketChannel channel = client;
        if (channel != null) {
            channel.close();
        }
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    public List<Received> received(int recordClass) {
        return received.stream().filter(r -> r.recordClass() == recordClass).toList();
    }

    public List<Hello> hellos() {
        return List.copyOf(hellos);
    }

    public List<Integer> otherFrames() {
        return List.copyOf(otherFrames);
    }

    /** What broke the protocol; empty if nothing did. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    public long durable(long epoch, int lane) {
        return durable.getOrDefault(epoch, new long[2])[lane];
    }

    private void accept(ServerSocketChannel channel) {
        while (channel.isOpen()) {
            try (SocketChannel accepted = channel.accept()) {
                client = accepted;
                serve(accepted);
            } catch (IOException e) {
                // The sensor or the test hung up; the next connection follows.
            }
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        long epoch = 0;
        boolean forgetful = false;
        while (true) {
            ByteBuffer frame = read(channel);
            if (frame == null) {
                return;
            }
            gate.acquireUninterruptibly();
            gate.release();
            switch (Frame.type(frame, 0)) {
                case Frame.HELLO -> {
                    Hello hello = Hello.parseFrom(frame.slice(Frame.HEADER_BYTES, frame.limit() - Frame.HEADER_BYTES));
                    hellos.add(hello);
                    Refuse no = refuse;
                    if (no != null) {
                        write(channel, Frame.REFUSE, no);
                        return;
                    }
                    epoch = hello.getEpoch();
                    welcome(channel, hello);
                }
                case Frame.RECORDS -> {
                    // What was forgotten leaves a hole that only a new connection can fill.
                    forgetful |= !acking;
                    if (!forgetful) {
                        records(channel, epoch, frame);
                    }
                }
                default -> otherFrames.add(Frame.type(frame, 0));
            }
        }
    }

    private void welcome(SocketChannel channel, Hello hello) throws IOException {
        long[] marks = durable.computeIfAbsent(hello.getEpoch(), e -> new long[2]);
        Welcome.Builder welcome = Welcome.newBuilder().setProtocolVersion(1);
        long[] previous = durable.get(hello.getPreviousEpoch());
        for (int lane = 0; lane < 2; lane++) {
            welcome.addDurableSequence(marks[lane]).addCreditBytes(credit);
            if (previous != null) {
                welcome.addPreviousDurableSequence(previous[lane]).setPreviousKnown(true);
            }
        }
        write(channel, Frame.WELCOME, welcome.build());
    }

    private void records(SocketChannel channel, long epoch, ByteBuffer frame) throws IOException {
        int lane = Frame.lane(frame, 0);
        long[] marks = durable.computeIfAbsent(epoch, e -> new long[2]);
        List<Received> batch = new ArrayList<>();
        long next = marks[lane];
        int count = 0;
        for (int at = Frame.HEADER_BYTES; at < frame.limit(); count++) {
            int length = RecordHeader.recordLength(frame, at, frame.limit() - at);
            if (length < 0) {
                faults.add("broken record in lane " + lane);
                return;
            }
            long sequence = RecordHeader.sequence(frame, at);
            if (RecordHeader.lane(frame, at) != lane) {
                faults.add("record of lane " + RecordHeader.lane(frame, at) + " in a frame of lane " + lane);
            }
            if (sequence > next + 1) {
                faults.add("hole in lane " + lane + ": " + next + " then " + sequence);
            }
            if (sequence > next) {
                byte[] body = new byte[keepBodies ? length - RecordHeader.BYTES : 0];
                frame.get(at + RecordHeader.BYTES, body);
                batch.add(new Received(epoch, lane, RecordHeader.recordClass(frame, at), sequence, body));
                next = sequence;
            }
            at += length;
        }
        if (count != Frame.count(frame, 0)) {
            faults.add("frame says " + Frame.count(frame, 0) + " records and has " + count);
        }
        received.addAll(batch);
        marks[lane] = next;
        write(
                channel,
                Frame.ACK,
                Ack.newBuilder()
                        .setLane(Lane.forNumber(lane))
                        .setDurableSequence(next)
                        .setCreditBytes(credit)
                        .build());
    }

    private @Nullable ByteBuffer read(SocketChannel channel) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(Frame.MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        frame.limit(Frame.HEADER_BYTES);
        if (!readFully(channel, frame)) {
            return null;
        }
        int length = Frame.length(frame, 0);
        if (length < 0) {
            faults.add("frame length " + frame.getInt(0));
            return null;
        }
        frame.limit(length);
        if (!readFully(channel, frame)) {
            return null;
        }
        if (!Frame.intact(frame, 0, new CRC32C())) {
            faults.add("CRC");
        }
        return frame;
    }

    private static boolean readFully(SocketChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }

    private static void write(SocketChannel channel, int type, MessageLite message) throws IOException {
        byte[] body = message.toByteArray();
        ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER_BYTES + body.length).order(ByteOrder.LITTLE_ENDIAN);
        frame.put(Frame.HEADER_BYTES, body);
        Frame.seal(frame, 0, type, 0, 0, body.length, new CRC32C());
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    @Override
    public void close() throws IOException {
        resume();
        if (server != null) {
            server.close();
        }
        hangUp();
        Files.deleteIfExists(socket);
    }
}
