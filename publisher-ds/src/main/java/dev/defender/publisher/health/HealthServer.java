/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.health;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * Answers GET /healthz, /readyz and /metrics, one connection at a time and each within two seconds: enough for a kubelet
 * and a scraper, and no server to load. It answers before the rest of the process is up. A thread of its own.
 */
public final class HealthServer implements Runnable, AutoCloseable {
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int MAX_REQUEST_BYTES = 4096;

    /** What is answered, made for each request. Called in the server's thread. */
    public interface Pages {
        /** Why producers cannot be served; empty when they can. */
        String notReady();

        /** The state as JSON. */
        String health();

        /** In the Prometheus text format. */
        String metrics();
    }

    /** Until there is something to tell. */
    private static final class Starting implements Pages {
        @Override
        public String notReady() {
            return "starting";
        }

        @Override
        public String health() {
            return "{\"ready\":false,\"conditions\":[],\"producers\":[]}\n";
        }

        @Override
        public String metrics() {
            return "";
        }
    }

    private final ServerSocket server;
    private volatile Pages pages = new Starting();

    private HealthServer(ServerSocket server) {
        this.server = server;
    }

    /** Listens; {@link #run} answers. */
    public static HealthServer open(InetSocketAddress address) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.bind(address, 16);
        } catch (IOException e) {
            server.close();
            throw new IOException(
                    "cannot listen on --health=" + address.getHostString() + ":" + address.getPort() + ": "
                            + e.getMessage() + "; name another port, or \"off\"",
                    e);
        }
        return new HealthServer(server);
    }

    /** From now on these are answered. Any thread. */
    public void show(Pages newPages) {
        pages = newPages;
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
        Pages current = pages;
        String response = switch (path(client.getInputStream())) {
            case "/healthz" -> response("200 OK", "application/json", current.health());
            case "/readyz" -> readiness(current.notReady());
            case "/metrics" -> response("200 OK", "text/plain; version=0.0.4", current.metrics());
            default -> response("404 Not Found", "text/plain", "/healthz, /readyz and /metrics are here\n");
        };
        client.getOutputStream().write(response.getBytes(StandardCharsets.UTF_8));
    }

    private static String readiness(String notReady) {
        return notReady.isEmpty()
                ? response("200 OK", "text/plain", "ready\n")
                : response("503 Service Unavailable", "text/plain", notReady + "\n");
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
