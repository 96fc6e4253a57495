/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.protocol.v1.Ack;
import dev.defender.protocol.v1.Hello;
import dev.defender.protocol.v1.Welcome;
import dev.defender.protocol.wire.Frame;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.protocol.wire.RecordHeader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AckingSinkTest {
    @TempDir
    private Path directory;

    private static ByteBuffer buffer() {
        return ByteBuffer.allocate(Frame.MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void hello(SocketChannel channel) throws IOException {
        byte[] hello = Hello.newBuilder()
                .setProtocolVersion(1)
                .addNextSequence(5)
                .addNextSequence(1)
                .build()
                .toByteArray();
        ByteBuffer frame = buffer();
        frame.put(Frame.HEADER_BYTES, hello);
        frame.limit(Frame.seal(frame, 0, Frame.HELLO, 0, 0, hello.length, new CRC32C()));
        channel.write(frame);
    }

    private static ByteBuffer records(long first, int count) {
        ByteBuffer frame = buffer();
        int at = Frame.HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            RecordHeader.write(frame, at, 0, RecordClasses.EXEC, 84, first + i);
            at += RecordHeader.BYTES + 84;
        }
        frame.limit(Frame.seal(frame, 0, Frame.RECORDS, 0, count, at - Frame.HEADER_BYTES, new CRC32C()));
        return frame;
    }

    private static byte[] answer(SocketChannel channel) throws IOException {
        ByteBuffer frame = buffer().limit(Frame.HEADER_BYTES);
        while (frame.hasRemaining()) {
            channel.read(frame);
        }
        frame.limit(Frame.length(frame, 0));
        while (frame.hasRemaining()) {
            channel.read(frame);
        }
        byte[] payload = new byte[frame.limit() - Frame.HEADER_BYTES];
        frame.get(Frame.HEADER_BYTES, payload);
        return payload;
    }

    @Test
    void recordsAreCountedAndAcknowledgedHoweverTheyAreCut() throws Exception {
        Path socket = directory.resolve("socket");
        try (AckingSink sink = AckingSink.listen(socket);
                SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            hello(channel);
            assertThat(Welcome.parseFrom(answer(channel)).getDurableSequence(0)).isEqualTo(4);

            ByteBuffer frame = records(5, 3);
            ByteBuffer start = frame.duplicate().limit(50);
            channel.write(start);
            channel.write(frame.position(50));
            assertThat(Ack.parseFrom(answer(channel)).getDurableSequence()).isEqualTo(7);

            channel.close();
            sink.awaitEnd();
            assertThat(sink.failure()).isNull();
            assertThat(sink.arrivals().events()).isEqualTo(3);
            assertThat(sink.arrivals().meanEventBytes()).isEqualTo(84);
        }
    }

    @Test
    void aBrokenFrameEndsItWithTheReason() throws Exception {
        Path socket = directory.resolve("socket");
        try (AckingSink sink = AckingSink.listen(socket);
                SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ByteBuffer frame = records(1, 1);
            frame.put(60, (byte) 1);
            channel.write(frame);
            sink.awaitEnd();
            assertThat(sink.failure()).hasMessageContaining("CRC");
        }
    }
}
