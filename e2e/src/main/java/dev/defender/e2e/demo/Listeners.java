/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody to answer on loopback, so that the actions' connections succeed. Nobody accepts: the kernel's backlog is
 * enough. A port that is taken, or a host without IPv6, is no harm: the attempt to connect is the event.
 */
final class Listeners implements AutoCloseable {
    private final List<ServerSocket> sockets = new ArrayList<>();

    void open(List<Integer> ports) throws IOException {
        for (int port : ports) {
            for (String address : List.of("127.0.0.1", "::1")) {
                ServerSocket socket = new ServerSocket();
                sockets.add(socket);
                try {
                    socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
                } catch (IOException e) {
                    socket.close();
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (ServerSocket socket : sockets) {
            socket.close();
        }
    }
}
