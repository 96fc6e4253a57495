/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Answers GET /healthz, /readyz and /metrics. A thread of its own. */
public final class HealthPort implements AutoCloseable {
    private final HttpServer server;

    /**
     * @param alive whether the process is worth keeping
     * @param ready whether its caches are filled and, if there are several, whether it waits in order for the lead
     * @param metrics the page, made for each request
     */
    public HealthPort(InetSocketAddress address, BooleanSupplier alive, BooleanSupplier ready, Supplier<String> metrics)
            throws IOException {
        server = HttpServer.create(address, 0);
        server.createContext("/healthz", exchange -> answer(exchange, alive.getAsBoolean(), "ok\n", "not alive\n"));
        server.createContext("/readyz", exchange -> answer(exchange, ready.getAsBoolean(), "ready\n", "not ready\n"));
        server.createContext("/metrics", exchange -> answer(exchange, true, metrics.get(), ""));
        server.createContext("/", exchange -> send(exchange, 404, "/healthz, /readyz and /metrics are here\n"));
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, boolean good, String yes, String no) throws IOException {
        send(exchange, good ? 200 : 503, good ? yes : no);
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
