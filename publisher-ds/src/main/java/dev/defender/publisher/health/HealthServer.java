/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.health;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Answers GET /healthz, /readyz and /metrics, one connection at a time and each within two seconds: enough for a kubelet
 * and a scraper, and no server to load. A thread of its own.
 */
public final class HealthServer implements Runnable, AutoCloseable {
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int MAX_REQUEST_BYTES = 4096;

    private final ServerSocket server;
    private final BooleanSupplier ready;
    private final Supplier<String> metrics;

    /**
     * @param ready whether producers can be served
     * @param metrics the page, made for each request
     */
    public HealthServer(InetSocketAddress address, BooleanSupplier ready, Supplier<String> metrics) throws IOException {
        this.server = new ServerSocket();
        this.ready = ready;
        this.metrics = metrics;
        try {
            server.bind(address, 16);
        } catch (IOException e) {
            server.close();
            throw new IOException("cannot listen on --health=" + address + ": " + e.getMessage(), e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    @Override
    public void run() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.setSoTimeout(TIMEOUT_MILLIS);
                answer(client);
            } catch (IOException e) {
                // A client that goes away or says nothing is its own affair; the next one is served.
                continue;
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void answer(Socket client) throws IOException {
        String path = path(client.getInputStream());
        String response = switch (path) {
            case "/healthz" -> response("200 OK", "text/plain", "ok\n");
            case "/readyz" ->
                ready.getAsBoolean()
                        ? response("200 OK", "text/plain", "ready\n")
                        : response("503 Service Unavailable", "text/plain", "the spool cannot be written\n");
            case "/metrics" -> response("200 OK", "text/plain; version=0.0.4", metrics.get());
            default -> response("404 Not Found", "text/plain", "/healthz, /readyz and /metrics are here\n");
        };
        client.getOutputStream().write(response.getBytes(StandardCharsets.UTF_8));
    }

    /** Path of a GET request whose head is read to its end; empty for anything else. */
    private static String path(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        long deadline = System.nanoTime() + TIMEOUT_MILLIS * 1_000_000L;
        while (head.indexOf("\r\n\r\n") < 0 && head.indexOf("\n\n") < 0) {
            int next = in.read();
            if (next < 0 || head.length() > MAX_REQUEST_BYTES || System.nanoTime() > deadline) {
                throw new SocketException("no request");
            }
            head.append((char) next);
        }
        int blank = head.indexOf(" ", 4);
        return head.indexOf("GET ") == 0 && blank > 0 ? head.substring(4, blank) : "";
    }

    private static String response(String status, String type, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\nConnection: close\r\n\r\n" + body;
    }
}
