/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.publisher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.defender.protocol.v1.BatchHeader;
import dev.defender.protocol.v1.Lane;
import dev.defender.protocol.wire.Batch;
import dev.defender.protocol.wire.RecordHeader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLParameters;

/**
 * A backend that only counts: enrols whoever comes, unpacks each batch, checks that the producer's records come without
 * a hole, and says 202. TLS with client certificates, one connection per lane, as in the product.
 */
final class Sink implements AutoCloseable {
    private static final String BULK_PRODUCER = "sensor";

    private final ObjectMapper json = new ObjectMapper();
    private final SinkAuthority authority;
    private final HttpsServer server;
    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong wireBytes = new AtomicLong();
    private final AtomicLong batches = new AtomicLong();
    private volatile long holes;
    private volatile long firstBatchNanos;

    Sink(SinkAuthority authority) throws IOException {
        this.authority = authority;
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        var context = authority.serverContext();
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = context.getDefaultSSLParameters();
                tls.setWantClientAuth(true);
                parameters.setSSLParameters(tls);
            }
        });
        server.setExecutor(executor);
        server.createContext("/ingest/v1/enroll", this::enrol);
        server.createContext("/ingest/v1/batches", this::batch);
        server.start();
    }

    String endpoint() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    /** Events of the bench's producer that have arrived, each once. */
    long received() {
        return received.get();
    }

    long wireBytes() {
        return wireBytes.get();
    }

    long batches() {
        return batches.get();
    }

    /** Batches that did not continue where the one before ended. */
    long holes() {
        return holes;
    }

    /** System.nanoTime of the first batch; 0 if there was none. */
    long firstBatchNanos() {
        return firstBatchNanos;
    }

    private void batch(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (firstBatchNanos == 0) {
            firstBatchNanos = System.nanoTime();
        }
        byte[] raw = Zstd.decompress(body, (int) Zstd.getFrameContentSize(body));
        ByteBuffer batch = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        int headerLength = batch.getInt(4);
        BatchHeader header = BatchHeader.parseFrom(batch.slice(Batch.PREAMBLE_BYTES, headerLength));
        if (header.getProducer().equals(BULK_PRODUCER) && header.getLane() == Lane.LANE_BULK) {
            count(batch, Batch.PREAMBLE_BYTES + headerLength);
        }
        wireBytes.addAndGet(body.length);
        batches.incrementAndGet();
        exchange.sendResponseHeaders(202, -1);
        exchange.close();
    }

    private synchronized void count(ByteBuffer batch, int from) {
        for (int at = from; at < batch.limit(); at += RecordHeader.recordLength(batch, at, batch.limit() - at)) {
            long sequence = RecordHeader.sequence(batch, at);
            long expected = received.get() + 1;
            if (sequence == expected) {
                received.incrementAndGet();
            } else if (sequence > expected) {
                holes++;
            }
        }
    }

    private void enrol(HttpExchange exchange) throws IOException {
        JsonNode request = json.readTree(exchange.getRequestBody().readAllBytes());
        String node = request.get("node").asText();
        byte[] key = Base64.getDecoder().decode(request.get("publicKey").asText());
        byte[] answer = json.writeValueAsString(Map.of(
                        "cluster", SinkAuthority.CLUSTER, "node", node, "certificate", authority.nodeChain(node, key)))
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
