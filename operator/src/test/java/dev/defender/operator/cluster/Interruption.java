/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Between the operator and the API server: what is seen of an API server that goes away and comes back. */
public final class Interruption implements AutoCloseable {
    private final URI target;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket server;

    public Interruption(String apiServer) throws IOException {
        target = URI.create(apiServer);
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        port = server.getLocalPort();
        accept(server);
    }

    public String url() {
        return "https://127.0.0.1:" + port;
    }

    /** Every connection breaks, and none can be made. */
    public void begin() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    public void end() throws IOException {
        ServerSocket next = new ServerSocket();
        next.setReuseAddress(true);
        next.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server = next;
        accept(next);
    }

    @Override
    public void close() throws IOException {
        begin();
    }

    private void accept(ServerSocket from) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket client = from.accept();
                    Socket behind = new Socket(target.getHost(), target.getPort());
                    sockets.add(client);
                    sockets.add(behind);
                    pump(client, behind);
                    pump(behind, client);
                }
            } catch (IOException e) {
                // Closed by begin().
                return;
            }
        });
    }

    private static void pump(Socket from, Socket to) {
        Thread.ofVirtual().start(() -> {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                // The other direction, or begin(), has closed it.
                return;
            }
        });
    }
}
