/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.cri;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** HTTP/2 frames (RFC 9113, section 4) on a unix socket, each read or write within a time limit. One thread. */
final class SocketFrames implements AutoCloseable {
    static final int HEAD_BYTES = 9;

    /** SETTINGS_MAX_FRAME_SIZE that a peer keeps to when we name none. */
    private static final int MOST_PAYLOAD_BYTES = 16_384;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final SocketChannel socket;
    private final Selector selector;
    private final long deadline;

    /** @param type of the frame, its flags and its stream */
    record Frame(int type, int flags, int stream, byte[] payload) {
        boolean has(int flag) {
            return (flags & flag) != 0;
        }
    }

    private SocketFrames(SocketChannel socket, Selector selector, long deadline) {
        this.socket = socket;
        this.selector = selector;
        this.deadline = deadline;
    }

    /** @param millis for everything that is done with it */
    static SocketFrames connect(Path path, int millis) throws IOException {
        SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
        try {
            socket.configureBlocking(false);
            Selector selector = Selector.open();
            socket.register(selector, 0);
            return new SocketFrames(socket, selector, System.nanoTime() + millis * NANOS_PER_MILLI);
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            if (socket.write(buffer) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    void write(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(HEAD_BYTES + payload.length);
        frame.put((byte) (payload.length >>> 16)).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        write(frame.array());
    }

    Frame read() throws IOException {
        ByteBuffer head = fill(HEAD_BYTES);
        int length = (head.get() & 0xFF) << 16 | Short.toUnsignedInt(head.getShort());
        int type = head.get() & 0xFF;
        int flags = head.get() & 0xFF;
        int stream = head.getInt() & Integer.MAX_VALUE;
        if (length > MOST_PAYLOAD_BYTES) {
            throw new IOException("a frame of " + length + " bytes");
        }
        return new Frame(type, flags, stream, fill(length).array());
    }

    private ByteBuffer fill(int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            int read = socket.read(buffer);
            if (read < 0) {
                throw new IOException("the runtime closed the connection");
            }
            if (read == 0) {
                await(SelectionKey.OP_READ);
            }
        }
        return buffer.flip();
    }

    private void await(int operation) throws IOException {
        long millis = (deadline - System.nanoTime()) / NANOS_PER_MILLI;
        if (millis <= 0) {
            throw new SocketTimeoutException("the runtime did not answer in time");
        }
        socket.keyFor(selector).interestOps(operation);
        selector.select(millis);
        selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
        try {
            selector.close();
        } finally {
            socket.close();
        }
    }
}
