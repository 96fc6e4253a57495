/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.health;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks publishers for their health, a bounded number at a time: those with trouble and those not asked for longest first.
 * A publisher that does not answer keeps its last word; that its pod is not ready is seen elsewhere. Any thread.
 */
public final class PublisherHealth implements AutoCloseable {
    /** At 15 s between sweeps, 5,000 nodes are asked once in ten minutes, and 100 in every sweep. */
    private static final int PER_SWEEP = 125;

    private static final int PORT = 9464;
    private static final int MAX_PAGE_BYTES = 256 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final ExecutorService sweeper = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("publisher-health").factory());
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final int port;

    /** @param address of the pod, an IP address */
    public record Publisher(String node, String address) {}

    private record Answer(NodeHealth health, long nanos) {}

    public PublisherHealth() {
        this(PORT);
    }

    PublisherHealth(int port) {
        this.port = port;
    }

    /** Begins a sweep over these in the background unless one is under way; returns what is known, by node. */
    public Map<String, NodeHealth> of(List<Publisher> publishers) {
        answers.keySet().retainAll(publishers.stream().map(Publisher::node).toList());
        if (!publishers.isEmpty() && sweeping.compareAndSet(false, true)) {
            try {
                sweeper.execute(() -> {
                    try {
                        sweep(publishers);
                    } finally {
                        sweeping.set(false);
                    }
                });
            } catch (RejectedExecutionException e) {
                sweeping.set(false);
            }
        }
        Map<String, NodeHealth> known = new ConcurrentHashMap<>();
        answers.forEach((node, answer) -> known.put(node, answer.health));
        return known;
    }

    void sweep(List<Publisher> publishers) {
        List<Publisher> order = new ArrayList<>(publishers);
        order.sort(Comparator.comparingLong(this::urgency));
        for (Publisher publisher : order.subList(0, Math.min(PER_SWEEP, order.size()))) {
            try {
                answers.put(publisher.node, new Answer(NodeHealth.parse(page(publisher)), System.nanoTime()));
            } catch (IOException e) {
                // Its pod's readiness says the same, and says it to everyone.
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Not asked yet, then in trouble, then by the age of the answer. */
    private long urgency(Publisher publisher) {
        Answer answer = answers.get(publisher.node);
        if (answer == null) {
            return Long.MIN_VALUE;
        }
        return answer.health.raised().isEmpty() ? answer.nanos : Long.MIN_VALUE + 1;
    }

    private String page(Publisher publisher) throws IOException, InterruptedException {
        String host = publisher.address.contains(":") ? "[" + publisher.address + "]" : publisher.address;
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + "/metrics"))
                .timeout(PATIENCE)
                .build();
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
            return new String(body.readNBytes(MAX_PAGE_BYTES), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
        http.shutdownNow();
    }
}
