/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.support;

import dev.defender.protocol.v1.Ack;
import dev.defender.protocol.v1.Hello;
import dev.defender.protocol.v1.Lane;
import dev.defender.protocol.v1.Refuse;
import dev.defender.protocol.v1.Welcome;
import dev.defender.protocol.wire.Frame;
import dev.defender.protocol.wire.RecordHeader;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;

/** A producer on the socket, one call at a time. */
public final class TestProducer implements AutoCloseable {
    public static final String BOOT = "11111111-2222-3333-4444-555555555555";

    private final SocketChannel channel;
    private final CRC32C crc = new CRC32C();

    public TestProducer(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    public static Hello hello(String producer, long epoch, long nextBulk, long nextUrgent) {
        return Hello.newBuilder()
                .setProtocolVersion(Frame.PROTOCOL_VERSION)
                .setProducer(producer)
                .setBootId(BOOT)
                .setEpoch(epoch)
                .addNextSequence(nextBulk)
                .addNextSequence(nextUrgent)
                .build();
    }

    /** Greets and expects a welcome. */
    public Welcome greet(Hello hello) throws IOException {
        send(Frame.HELLO, 0, 0, hello.toByteArray());
        return Welcome.parseFrom(expect(Frame.WELCOME));
    }

    public Welcome greet(String producer, long epoch, long nextBulk, long nextUrgent) throws IOException {
        return greet(hello(producer, epoch, nextBulk, nextUrgent));
    }

    /** Body of a record, the same for the same sequence. */
    public static byte[] body(long sequence, int length) {
        byte[] body = new byte[length];
        new Random(sequence * 31 + length).nextBytes(body);
        return body;
    }

    /** Records {@code first} to {@code last} with bodies of that length. */
    public static byte[] records(int lane, int recordClass, long first, long last, int length) {
        int size = RecordHeader.BYTES + length;
        ByteBuffer records =
                ByteBuffer.allocate((int) (last - first + 1) * size).order(ByteOrder.LITTLE_ENDIAN);
        for (long sequence = first; sequence <= last; sequence++) {
            int at = records.position();
            RecordHeader.write(records, at, lane, recordClass, length, sequence);
            records.put(at + RecordHeader.BYTES, body(sequence, length));
            records.position(at + size);
        }
        return records.array();
    }

    public void sendRecords(int lane, int recordClass, long first, long last, int length) throws IOException {
        send(Frame.RECORDS, lane, (int) (last - first + 1), records(lane, recordClass, first, last, length));
    }

    public void send(int type, int lane, int count, byte[] payload) throws IOException {
        raw(frame(type, lane, count, payload));
    }

    public byte[] frame(int type, int lane, int count, byte[] payload) {
        ByteBuffer frame =
                ByteBuffer.allocate(Frame.HEADER_BYTES + payload.length).order(ByteOrder.LITTLE_ENDIAN);
        frame.put(Frame.HEADER_BYTES, payload);
        Frame.seal(frame, 0, type, lane, count, payload.length, crc);
        return frame.array();
    }

    public void raw(byte[] bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** Reads acknowledgements of the lane until this sequence is durable. */
    public Ack awaitAck(int lane, long sequence) throws IOException {
        while (true) {
            Ack ack = Ack.parseFrom(expect(Frame.ACK));
            if (ack.getLane() == Lane.forNumber(lane) && ack.getDurableSequence() >= sequence) {
                return ack;
            }
        }
    }

    public Refuse expectRefuse() throws IOException {
        while (true) {
            byte[] frame = read();
            if (frame[0] == Frame.REFUSE) {
                return Refuse.parseFrom(Arrays.copyOfRange(frame, 4, frame.length));
            }
        }
    }

    private byte[] expect(int type) throws IOException {
        byte[] frame = read();
        if (frame[0] == Frame.REFUSE) {
            throw new IOException("refused: "
                    + Refuse.parseFrom(Arrays.copyOfRange(frame, 4, frame.length))
                            .getReason());
        }
        if (frame[0] != type) {
            throw new IOException("a frame of type " + frame[0] + " instead of " + type);
        }
        return Arrays.copyOfRange(frame, 4, frame.length);
    }

    /** What follows length and CRC of the next frame: type, lane, count, payload. */
    private byte[] read() throws IOException {
        ByteBuffer head = fill(8);
        ByteBuffer rest = fill(head.getInt(0));
        crc.reset();
        crc.update(rest.array());
        if ((int) crc.getValue() != head.getInt(4)) {
            throw new IOException("bad CRC from the publisher");
        }
        return rest.array();
    }

    private ByteBuffer fill(int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the publisher ended the connection");
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
