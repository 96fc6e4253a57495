/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.IntSupplier;

/** Reads a channel as a stream, with the read timeout that a socket has (milliseconds; 0 = wait for ever). */
final class UnixInputStream extends InputStream {
    private final SocketChannel channel;
    private final IntSupplier timeoutMillis;

    UnixInputStream(SocketChannel channel, IntSupplier timeoutMillis) {
        this.channel = channel;
        this.timeoutMillis = timeoutMillis;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        int timeout = timeoutMillis.getAsInt();
        return timeout == 0 ? channel.read(buffer) : readWithin(timeout, buffer);
    }

    /** Only the pool's liveness checks set a timeout, so a selector per read costs nothing that matters. */
    private int readWithin(int timeout, ByteBuffer buffer) throws IOException {
        channel.configureBlocking(false);
        try {
            int read = channel.read(buffer);
            if (read != 0) {
                return read;
            }
            try (Selector selector = Selector.open()) {
                channel.register(selector, SelectionKey.OP_READ);
                if (selector.select(timeout) == 0) {
                    throw new SocketTimeoutException("no answer within " + timeout + " ms");
                }
            }
            return channel.read(buffer);
        } finally {
            if (channel.isOpen()) {
                channel.configureBlocking(true);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
