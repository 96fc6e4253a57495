/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.backend.batch.BadBatchException;
import dev.defender.backend.batch.Batch;
import dev.defender.backend.filter.Filter;
import dev.defender.backend.store.EventLog;
import dev.defender.backend.store.EventQuery;
import dev.defender.backend.store.EventRow;
import dev.defender.backend.store.EventStore;
import dev.defender.backend.store.Receipt;
import dev.defender.backend.store.RowSink;
import dev.defender.backend.store.SequenceJumpException;
import dev.defender.backend.store.StoreUnavailableException;
import dev.defender.backend.store.postgres.EventPartitions;
import dev.defender.backend.store.postgres.PostgresEventStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;

/**
 * The log in PostgreSQL. Bodies are read on the callers' threads; one thread writes and commits for all of them, so that
 * batches which come together share the disk's flush.
 */
public final class PostgresEventLog implements EventLog, AutoCloseable {
    private static final int WAITING_BATCHES = 256;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final BlockingQueue<PendingBatch> queue = new ArrayBlockingQueue<>(WAITING_BATCHES);
    private final EventStore events;
    private final Thread writer;
    private volatile boolean closed;

    public PostgresEventLog(DataSource dataSource, EventPartitions partitions, MeterRegistry registry) {
        this.events = new PostgresEventStore(dataSource);
        this.writer = Thread.ofPlatform()
                .name("log-writer")
                .daemon(true)
                .start(new LogWriter(dataSource, partitions, queue, new IngestMetrics(registry, queue)));
    }

    @Override
    public Receipt append(Batch batch, Instant received)
            throws BadBatchException, SequenceJumpException, StoreUnavailableException {
        DecodedBatch decoded = BatchDecoder.decode(batch, received);
        PendingBatch pending = new PendingBatch(decoded, received, new CompletableFuture<>());
        if (!queue.offer(pending)) {
            throw new StoreUnavailableException(
                    "the log's queue of " + WAITING_BATCHES + " batches is full", RETRY_AFTER, null);
        }
        if (closed) {
            refuseWaiting();
        }
        return await(pending.answer());
    }

    @Override
    public <X extends Exception> void read(long position, int limit, RowSink<EventRow, X> sink)
            throws X, StoreUnavailableException {
        events.events(new EventQuery(Filter.ALL, position, limit, false), sink);
    }

    private static Receipt await(CompletableFuture<Receipt> answer)
            throws BadBatchException, SequenceJumpException, StoreUnavailableException {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for the commit", RETRY_AFTER, e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case BadBatchException bad -> throw bad;
                case SequenceJumpException jump -> throw jump;
                case StoreUnavailableException unavailable -> throw unavailable;
                case null, default -> throw new IllegalStateException("the log's writer failed", e);
            }
        }
    }

    /** Batches that wait are not written: their callers are told that the store is unavailable. */
    @Override
    public void close() {
        writer.interrupt();
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closed = true;
        refuseWaiting();
    }

    private void refuseWaiting() {
        for (PendingBatch left = queue.poll(); left != null; left = queue.poll()) {
            left.answer()
                    .completeExceptionally(new StoreUnavailableException("the backend is stopping", RETRY_AFTER, null));
        }
    }
}
