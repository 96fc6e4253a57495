/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.link;

import dev.defender.protocol.wire.Frame;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** One connection to the publisher's socket, non-blocking. Link thread. */
final class Connection implements AutoCloseable, Consumer<SelectionKey> {
    private static final int SEND_BUFFER_BYTES = 1024 * 1024;

    private final SocketChannel channel;
    private final SelectionKey key;
    private boolean readable;

    private Connection(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    static Connection open(Path socket, Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
            channel.configureBlocking(false);
            return new Connection(channel, channel.register(selector, SelectionKey.OP_READ));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    SocketChannel channel() {
        return channel;
    }

    /** Told by the selector that the socket is ready. */
    @Override
    public void accept(SelectionKey selected) {
        readable |= selected.isReadable();
    }

    /** Whether bytes arrived since the last call. */
    boolean takeReadable() {
        boolean taken = readable;
        readable = false;
        return taken;
    }

    /** Whether to be told when the socket takes more bytes. */
    void awaitRoom(boolean wanted) {
        int ops = wanted ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != ops) {
            key.interestOps(ops);
        }
    }

    /** Sends a small frame that no records ride on. */
    void send(int type, byte[] payload, int length) throws IOException {
        ByteBuffer frame =
                ByteBuffer.allocateDirect(Frame.HEADER_BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
        frame.put(Frame.HEADER_BYTES, payload, 0, length);
        Frame.seal(frame, 0, type, 0, 0, length, new CRC32C());
        while (frame.hasRemaining()) {
            if (channel.write(frame) == 0) {
                throw new IOException("the publisher takes no bytes");
            }
        }
    }

    @Override
    public void close() throws IOException {
        key.cancel();
        channel.close();
    }
}
