/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.cri;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** As much of a gRPC server as a unary call meets: it answers by the last part of the method's name, or refuses. */
final class FakeRuntime implements Closeable {
    private final ServerSocketChannel server;
    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();

    FakeRuntime(Path socket) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::accept);
    }

    FakeRuntime answer(String method, byte[] message) {
        answers.put(method, message);
        return this;
    }

    int calls() {
        return calls.get();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (ClosedChannelException closed) {
            return;
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            DataInputStream in = new DataInputStream(Channels.newInputStream(client));
            DataOutputStream out = new DataOutputStream(Channels.newOutputStream(client));
            in.readNBytes(24);
            frame(out, 4, 0, 0, new byte[] {0, 5, 0, 0, 0x40, 0});
            frame(out, 6, 0, 0, new byte[8]);
            String method = "";
            while (true) {
                int head = in.readInt();
                int type = head & 0xFF;
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                byte[] payload = in.readNBytes(head >>> 8);
                if (type == 1) {
                    String text = new String(payload, StandardCharsets.ISO_8859_1);
                    method = answers.keySet().stream()
                            .filter(name -> text.contains("/runtime.v1.RuntimeService/" + name))
                            .findFirst()
                            .orElse("");
                } else if (type == 0 && (flags & 1) != 0) {
                    calls.incrementAndGet();
                    answer(out, stream, answers.get(method));
                }
            }
        } catch (EOFException | ClosedChannelException gone) {
            return;
        } catch (IOException broken) {
            return;
        }
    }

    /** In two frames, the first one padded, as a server may. */
    private static void answer(DataOutputStream out, int stream, byte @Nullable [] message) throws IOException {
        if (message == null) {
            frame(out, 1, 5, stream, new byte[] {(byte) 0x88});
            return;
        }
        frame(out, 1, 4, stream, new byte[] {(byte) 0x88});
        byte[] all = ByteBuffer.allocate(5 + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
        ByteArrayOutputStream padded = new ByteArrayOutputStream();
        padded.write(3);
        padded.write(all, 0, 4);
        padded.write(new byte[3]);
        frame(out, 0, 8, stream, padded.toByteArray());
        frame(out, 0, 0, stream, java.util.Arrays.copyOfRange(all, 4, all.length));
        frame(out, 1, 5, stream, new byte[] {(byte) 0x88});
    }

    private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] payload)
            throws IOException {
        out.writeInt(payload.length << 8 | type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
