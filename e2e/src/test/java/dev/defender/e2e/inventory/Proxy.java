/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy before the API server, for what networks and restarting servers do to connections. */
final class Proxy implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    private final URI target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean refusing;
    private volatile long bytesPerConnection = Long.MAX_VALUE;

    Proxy(URI target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    URI uri() {
        return URI.create("https://127.0.0.1:" + server.getLocalPort());
    }

    /** Ends every connection; new ones are ended too until {@link #serve}. */
    void refuse() {
        refusing = true;
        cut();
    }

    /** From now on a connection is cut after so many bytes of answers. */
    void cutAfter(long bytes) {
        bytesPerConnection = bytes;
    }

    void serve() {
        refusing = false;
        bytesPerConnection = Long.MAX_VALUE;
    }

    /** Ends every connection where it is. */
    void cut() {
        open.forEach(Proxy::end);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (refusing) {
                    end(client);
                } else {
                    connect(client);
                }
            } catch (IOException e) {
                // The test is over, or a connection is: the next one follows.
                Thread.onSpinWait();
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket upstream = new Socket(target.getHost(), target.getPort());
        open.add(client);
        open.add(upstream);
        Thread.ofVirtual().start(() -> copy(client, upstream, Long.MAX_VALUE));
        long allowed = bytesPerConnection;
        Thread.ofVirtual().start(() -> copy(upstream, client, allowed));
    }

    private void copy(Socket from, Socket to, long allowed) {
        byte[] bytes = new byte[16 * 1024];
        long left = allowed;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0 && left > 0; read = in.read(bytes)) {
                out.write(bytes, 0, (int) Math.min(read, left));
                left -= read;
            }
        } catch (IOException e) {
            // Ended by a peer or by the test.
            left = 0;
        } finally {
            end(from);
            end(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is ended either way.
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
