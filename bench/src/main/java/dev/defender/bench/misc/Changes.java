/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.misc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.defender.e2e.apiserver.KubeApi;
import dev.defender.e2e.apiserver.SampleCluster;
import dev.defender.e2e.stack.Api;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Ten changes a second, and how long each takes until the backend serves it. */
final class Changes {
    private static final int PER_SECOND = 10;
    private static final int SECONDS = 60;
    private static final long POLL_MILLIS = 25;
    private static final long LIMIT_SECONDS = 120;

    private final KubeApi cluster;
    private final Api backend;
    private final int pods;
    private final List<Long> nanos = new ArrayList<>();

    /** By uid: the resource version that the change got, and when. */
    private final Map<String, Pending> pending = new HashMap<>();

    private record Pending(long version, long at) {}

    Changes(KubeApi cluster, Api backend, int pods) {
        this.cluster = cluster;
        this.backend = backend;
        this.pods = pods;
    }

    int count() {
        return nanos.size();
    }

    /** Milliseconds within which that part of the changes was served. */
    double millis(double quantile) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, (int) (quantile * sorted.size()))) / 1e6;
    }

    /** Waits until the backend knows all pods; returns their number. */
    long awaitPods() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (true) {
            JsonNode lists = backend.get("/api/v1/inventory/lists").path("items");
            for (JsonNode list : lists) {
                if (list.path("resource").asText().equals("pods")
                        && list.path("state").asText().equals("complete")) {
                    return list.path("objects").asLong();
                }
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "the backend has no complete list of pods after " + LIMIT_SECONDS + " s: " + lists);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** Changes and waits. */
    void run() throws IOException, InterruptedException {
        long start = System.nanoTime();
        int changes = PER_SECOND * SECONDS;
        for (int done = 0; done < changes; ) {
            if (System.nanoTime() - start >= done * TimeUnit.SECONDS.toNanos(1) / PER_SECOND) {
                change(done++);
            }
            poll();
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!pending.isEmpty()) {
            poll();
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        pending.size() + " changes did not reach the backend within " + LIMIT_SECONDS + " s");
            }
        }
    }

    private void change(int number) throws IOException, InterruptedException {
        int pod = (int) (number * 7919L % pods);
        JsonNode changed = cluster.label(SampleCluster.pod(pod), Map.of("change", "c" + number));
        JsonNode metadata = changed.path("metadata");
        pending.put(
                metadata.path("uid").asText(),
                new Pending(metadata.path("resourceVersion").asLong(), System.nanoTime()));
    }

    private void poll() throws IOException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        if (pending.isEmpty()) {
            return;
        }
        List<String> uids = pending.keySet().stream().limit(100).toList();
        JsonNode items = backend.get(
                        "/api/v1/inventory?limit=100&q=" + Api.encode("uid in (" + String.join(", ", uids) + ")"))
                .path("items");
        long now = System.nanoTime();
        for (JsonNode item : items) {
            String uid = item.at("/resources/0/uid").asText();
            Pending waiting = pending.get(uid);
            if (waiting != null && item.at("/defender/resource_version").asLong() >= waiting.version()) {
                nanos.add(now - waiting.at());
                pending.remove(uid);
            }
        }
    }
}
