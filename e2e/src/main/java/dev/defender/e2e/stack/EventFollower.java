/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events as the API returns them and measures how old each is at that moment: from the kernel's time stamp
 * until the answer is parsed. Has a thread of its own until it is closed.
 */
public final class EventFollower implements AutoCloseable {
    private static final int PAGE = 1000;
    private static final long PAUSE_MILLIS = 20;

    private final Api api;
    private final LongSupplier bootClock;
    private final long fromBootNanos;
    private final Latencies latencies = new Latencies();
    private final Set<String> commandLines = new HashSet<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Thread thread;
    private @Nullable Exception failure;

    /**
     * @param bootClock CLOCK_BOOTTIME now, ns
     * @param fromBootNanos events before this instant are read and not measured
     */
    public EventFollower(Api api, LongSupplier bootClock, long fromBootNanos) {
        this.api = api;
        this.bootClock = bootClock;
        this.fromBootNanos = fromBootNanos;
        thread = Thread.ofPlatform().name("event-follower").daemon().start(this::follow);
    }

    private void follow() {
        try {
            String cursor = "";
            while (true) {
                // Read before the request: what is stored by then must be in the last pages.
                boolean last = stopping.get();
                JsonNode page = api.get(
                        "/api/v1/events?limit=" + PAGE + (cursor.isEmpty() ? "" : "&after=" + Api.encode(cursor)));
                int count = take(page);
                cursor = page.path("next").asText(cursor);
                if (count == 0) {
                    if (last) {
                        return;
                    }
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (IOException | InterruptedException e) {
            synchronized (this) {
                failure = e;
            }
        }
    }

    private synchronized int take(JsonNode page) {
        long now = bootClock.getAsLong();
        JsonNode items = page.path("items");
        for (JsonNode event : items) {
            long time = event.path("defender").path("time_boot_ns").asLong();
            if (time >= fromBootNanos) {
                latencies.add(now - time);
            }
            commandLines.add(event.path("process").path("cmd_line").asText());
            commandLines.add(
                    event.path("actor").path("process").path("cmd_line").asText());
        }
        return items.size();
    }

    /** Whether an event of a process with {@code tag} in its arguments has been returned. */
    public synchronized boolean saw(String tag) {
        return commandLines.stream().anyMatch(line -> line.contains(tag));
    }

    /** Reads what is stored by now and ends. */
    public void finish() throws InterruptedException {
        stopping.set(true);
        thread.join();
    }

    /** Of every event that was measured. Call after {@link #finish}. */
    public synchronized Latencies latencies() throws IOException {
        if (failure != null) {
            throw new IOException("following the events failed: " + failure.getMessage(), failure);
        }
        return latencies;
    }

    @Override
    public void close() {
        stopping.set(true);
        thread.interrupt();
    }
}
