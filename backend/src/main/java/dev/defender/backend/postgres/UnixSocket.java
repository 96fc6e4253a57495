/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A {@link Socket} over a Unix stream channel: as much of one as the JDBC driver uses. TCP's options mean nothing here. */
final class UnixSocket extends Socket {
    private final Path path;
    private final SocketChannel channel;
    private volatile int timeoutMillis;
    private volatile boolean open = true;

    UnixSocket(Path path) throws IOException {
        this.path = path;
        this.channel = SocketChannel.open(java.net.StandardProtocolFamily.UNIX);
    }

    void connectToPath() throws IOException {
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
        connectToPath();
    }

    /** Connecting to a Unix socket never waits for the other side, except for a full backlog. */
    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        connectToPath();
    }

    @Override
    public InputStream getInputStream() {
        return new UnixInputStream(channel, () -> timeoutMillis);
    }

    @Override
    public OutputStream getOutputStream() {
        return new UnixOutputStream(channel);
    }

    @Override
    public void setSoTimeout(int timeout) {
        timeoutMillis = timeout;
    }

    @Override
    public int getSoTimeout() {
        return timeoutMillis;
    }

    @Override
    public boolean isConnected() {
        return channel.isConnected();
    }

    @Override
    public boolean isClosed() {
        return !open;
    }

    @Override
    public void close() throws IOException {
        open = false;
        channel.close();
    }

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public void setKeepAlive(boolean on) {}

    @Override
    public void setReceiveBufferSize(int size) {}

    @Override
    public void setSendBufferSize(int size) {}

    @Override
    public int getSendBufferSize() throws SocketException {
        return 64 * 1024;
    }

    @Override
    public int getReceiveBufferSize() throws SocketException {
        return 64 * 1024;
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }
}
