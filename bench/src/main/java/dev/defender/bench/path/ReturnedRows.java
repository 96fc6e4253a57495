/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.path;

import dev.defender.bench.path.RowPage.Row;
import dev.defender.e2e.stack.Api;
import dev.defender.e2e.stack.BootClock;
import dev.defender.e2e.stack.Latencies;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Every event row of the run as the API returns it, page after page along its cursor; rows of detections, which come in another
 * lane, are passed over. Rows of a stream come in the order of
 * their sequence, each once; what is missing or comes again is counted. Has a thread of its own until it is closed.
 */
final class ReturnedRows implements AutoCloseable {
    private static final int PAGE = 1000;
    private static final long PAUSE_MILLIS = 20;

    private final Api api;
    private final Thread thread;
    private final Map<String, Long> lastSequences = new HashMap<>();
    private final Latencies latencies = new Latencies();
    private long count;
    private long outOfOrder;
    private String firstOutOfOrder = "";
    private long measuredFrom = Long.MAX_VALUE;
    private long watchedUntil = Long.MAX_VALUE;
    private long lastWatchedNanos;
    private @Nullable Exception failure;

    ReturnedRows(Api api) {
        this.api = api;
        thread = Thread.ofPlatform().name("returned-rows").daemon().start(this::follow);
    }

    private void follow() {
        try {
            String cursor = "";
            while (!Thread.interrupted()) {
                RowPage page = RowPage.parse(api.getBytes(
                        "/api/v1/events?limit=" + PAGE + (cursor.isEmpty() ? "" : "&after=" + Api.encode(cursor))));
                take(page.rows());
                cursor = page.next().isEmpty() ? cursor : page.next();
                // A page that is not full was the last for now; to ask at once would only burden what is measured.
                if (page.rows().size() < PAGE / 2) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException closed) {
            // By close().
        } catch (IOException | RuntimeException e) {
            synchronized (this) {
                failure = e;
            }
        }
    }

    private synchronized void take(List<Row> rows) {
        long bootNow = BootClock.nanos();
        long now = System.nanoTime();
        for (Row row : rows) {
            if (!row.event()) {
                continue;
            }
            Long last = lastSequences.put(row.stream(), row.sequence());
            if (row.sequence() != (last == null ? 1 : last + 1)) {
                outOfOrder++;
                firstOutOfOrder = firstOutOfOrder.isEmpty()
                        ? row.stream() + ": " + row.sequence() + " came after " + last + ", row " + count
                        : firstOutOfOrder;
            }
            count++;
            if (row.timeBootNanos() >= measuredFrom) {
                latencies.add(bootNow - row.timeBootNanos());
            }
            if (row.timeBootNanos() <= watchedUntil) {
                lastWatchedNanos = now;
            }
        }
    }

    /** Rows so far. */
    synchronized long count() throws IOException {
        if (failure != null) {
            throw new IOException("reading the events' rows failed: " + failure.getMessage(), failure);
        }
        return count;
    }

    /** Rows that did not follow the one before in their stream: some are missing or came twice. */
    synchronized long outOfOrder() {
        return outOfOrder;
    }

    /** Where the first of them was; empty if there is none. */
    synchronized String firstOutOfOrder() {
        return firstOutOfOrder;
    }

    /** From now on only rows of events until that instant move {@link #lastWatchedNanos}. */
    synchronized void watchUntil(long bootNanos) {
        watchedUntil = bootNanos;
    }

    /** When the last row that is watched was returned, {@link System#nanoTime}. */
    synchronized long lastWatchedNanos() {
        return lastWatchedNanos;
    }

    /** Events from that instant on are measured. */
    synchronized void measureFrom(long bootNanos) {
        measuredFrom = bootNanos;
    }

    /** Age of each measured event when its row had been returned and read. Call when no more come. */
    synchronized Latencies latencies() {
        return latencies;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
