/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A TCP connection on which connecting, reading and writing each end after a time. One thread. */
public final class WireChannel implements AutoCloseable {
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final long timeoutMillis;

    private WireChannel(SocketChannel channel, Selector selector, SelectionKey key, long timeoutMillis) {
        this.channel = channel;
        this.selector = selector;
        this.key = key;
        this.timeoutMillis = timeoutMillis;
    }

    /**
     * Tries the host's addresses one after the other.
     *
     * @param timeoutMillis for each single read and write
     */
    public static WireChannel connect(String host, int port, long connectMillis, long timeoutMillis)
            throws IOException {
        IOException failure = new IOException("the name " + host + " has no address");
        for (InetAddress address : InetAddress.getAllByName(host)) {
            try {
                return connect(new InetSocketAddress(address, port), connectMillis, timeoutMillis);
            } catch (IOException e) {
                failure = new IOException("cannot connect to " + host + " port " + port + ": " + e.getMessage(), e);
            }
        }
        throw failure;
    }

    private static WireChannel connect(InetSocketAddress address, long connectMillis, long timeoutMillis)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        Selector selector = Selector.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            if (!channel.connect(address)) {
                long deadline = System.nanoTime() + connectMillis * 1_000_000;
                while (!channel.finishConnect()) {
                    long left = (deadline - System.nanoTime()) / 1_000_000;
                    if (left <= 0 || Thread.currentThread().isInterrupted()) {
                        throw new SocketTimeoutException("no answer within " + connectMillis + " ms");
                    }
                    selector.select(left);
                    selector.selectedKeys().clear();
                }
            }
            return new WireChannel(channel, selector, key, timeoutMillis);
        } catch (IOException e) {
            try (channel) {
                selector.close();
            }
            throw e;
        }
    }

    /** Whether the peer has ended the connection, or sent what nobody asked for, while it was idle. */
    boolean isStale() {
        try {
            return channel.read(ByteBuffer.allocate(1)) != 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** Reads at least one byte; −1 at the end of the stream. */
    public int read(ByteBuffer into) throws IOException {
        int read = channel.read(into);
        while (read == 0 && into.hasRemaining()) {
            await(SelectionKey.OP_READ, "read");
            read = channel.read(into);
        }
        return read;
    }

    /** Reads what is there: 0 if nothing is, −1 at the end of the stream. */
    int readNow(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    /** Has {@code other} tell when there is something to read, with {@code attachment}; until the key is cancelled. */
    public SelectionKey watch(Selector other, Object attachment) throws IOException {
        return channel.register(other, SelectionKey.OP_READ, attachment);
    }

    public void write(ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            if (channel.write(from) == 0) {
                await(SelectionKey.OP_WRITE, "written");
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (selector) {
            channel.close();
        }
    }

    private void await(int operation, String what) throws IOException {
        key.interestOps(operation);
        int ready = selector.select(timeoutMillis);
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("interrupted");
        }
        if (ready == 0) {
            throw new SocketTimeoutException("nothing could be " + what + " for " + timeoutMillis + " ms");
        }
    }
}
