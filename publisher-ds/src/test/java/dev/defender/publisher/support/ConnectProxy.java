/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy that only knows CONNECT. */
public final class ConnectProxy implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final List<String> targets = new CopyOnWriteArrayList<>();
    private final String authorization;

    /** @param authorization that it wants; empty for none */
    public ConnectProxy(String authorization) throws IOException {
        this.authorization = authorization;
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket client = server.accept();
                    Thread.ofVirtual().start(() -> serve(client));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Where it connected to. */
    public List<String> targets() {
        return List.copyOf(targets);
    }

    private void serve(Socket client) {
        try (client) {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) client.getInputStream().read());
            }
            OutputStream answer = client.getOutputStream();
            if (!authorization.isEmpty() && head.indexOf("Proxy-Authorization: " + authorization + "\r\n") < 0) {
                answer.write("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
                return;
            }
            String target = head.substring("CONNECT ".length(), head.indexOf(" HTTP/1.1"));
            int colon = target.lastIndexOf(':');
            try (Socket upstream =
                    new Socket(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)))) {
                targets.add(target);
                answer.write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                Thread back = Thread.ofVirtual().start(() -> copy(upstream, client));
                copy(client, upstream);
                back.join();
            }
        } catch (IOException | InterruptedException e) {
            // The test ends connections as it likes.
            Thread.yield();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            try {
                to.close();
            } catch (IOException again) {
                e.addSuppressed(again);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
