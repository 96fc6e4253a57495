/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.ship;

import dev.defender.publisher.health.Conditions;
import dev.defender.publisher.ship.Batch.Part;
import dev.defender.publisher.ship.Delivery.Outcome;
import dev.defender.publisher.spool.LaneReader;
import dev.defender.publisher.spool.LaneReader.Found;
import dev.defender.publisher.spool.Position;
import dev.defender.publisher.stream.StreamId;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ships one lane: gathers a batch, delivers it, settles it, and again. One in flight; a thread of its own, so that the
 * urgent lane passes any backlog of the other.
 */
public final class Shipper implements Runnable {
    private static final long CHECKPOINT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long IDLE_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final long RETRY_MILLIS = 1000;
    private static final int LAST_ATTEMPTS = 3;

    private final LaneReader reader;
    private final int lane;
    private final Limits limits;
    private final Batch batch;
    private final Delivery delivery;
    private final DeadLetters deadLetters;
    private final GapReporter gaps;
    private final Conditions conditions;
    private final ShipStats stats;
    private final Runnable onAccepted;
    private Found pending = Found.NOTHING;
    private long checkpointAt;
    private volatile long oldestRealtimeNanos;
    private Position gathered;

    /**
     * When a batch is closed.
     *
     * @param bytes of records
     * @param lingerNanos after its first record; 0 to send what there is at once
     */
    public record Limits(int bytes, int records, long lingerNanos) {}

    Shipper(
            LaneReader reader,
            int lane,
            Limits limits,
            Delivery delivery,
            DeadLetters deadLetters,
            GapReporter gaps,
            Conditions conditions,
            ShipStats stats,
            Runnable onAccepted) {
        this.reader = reader;
        this.lane = lane;
        this.limits = limits;
        this.batch = new Batch(limits.bytes(), limits.records());
        this.delivery = delivery;
        this.deadLetters = deadLetters;
        this.gaps = gaps;
        this.conditions = conditions;
        this.stats = stats;
        this.onAccepted = onAccepted;
        this.gathered = reader.position();
    }

    /** When the oldest record in flight was spooled, ns since the Unix epoch; 0 if none is. Any thread. */
    public long oldestRealtimeNanos() {
        return oldestRealtimeNanos;
    }

    /** Ships until the thread is interrupted. */
    @Override
    public void run() {
        try {
            while (true) {
                try {
                    shipNext();
                } catch (IOException e) {
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                    conditions.raise(
                            Conditions.SPOOL_FAILED,
                            "ReadFailed",
                            "the spool cannot be read or its checkpoint not written (" + e.getMessage()
                                    + "); trying again every second");
                    reader.await(Long.MAX_VALUE, TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS));
                }
            }
        } catch (InterruptedException e) {
            lastCheckpoint();
        }
    }

    private void shipNext() throws IOException, InterruptedException {
        if (pending == Found.NOTHING && !waitForRecords()) {
            return;
        }
        batch.clear();
        // A run that the last batch had no room for is given and not delivered: the reader stands behind it.
        Position before = pending == Found.NOTHING ? reader.position() : gathered;
        Position after = gather();
        gathered = after;
        if (!batch.isEmpty()) {
            oldestRealtimeNanos = batch.firstWritten().realtimeNanos();
            deliver(before, after);
            oldestRealtimeNanos = 0;
        } else if (pending == Found.LOSS) {
            pending = Found.NOTHING;
            reportLoss();
        } else {
            reader.drained();
        }
        if (System.nanoTime() - checkpointAt > CHECKPOINT_NANOS) {
            checkpoint();
        }
    }

    /** Idle costs nothing: it sleeps until something is durable, with all that was settled checkpointed. */
    private boolean waitForRecords() throws IOException, InterruptedException {
        if (!reader.await(1, CHECKPOINT_NANOS)) {
            checkpoint();
            if (!reader.await(1, IDLE_NANOS)) {
                return false;
            }
        }
        if (limits.lingerNanos() > 0) {
            reader.await(limits.bytes(), limits.lingerNanos());
        }
        return true;
    }

    /**
     * Fills the batch; returns where reading would go on behind its last record. The reader does not give a record twice: a
     * failure to read is thrown only while the batch is empty, and else is met again after its delivery.
     */
    private Position gather() throws IOException {
        Position after = reader.position();
        while (!batch.isFull()) {
            Found found = pending;
            if (found == Found.NOTHING) {
                try {
                    found = reader.next();
                } catch (IOException e) {
                    if (batch.isEmpty()) {
                        throw e;
                    }
                    break;
                }
            }
            pending = found;
            if (found != Found.RECORDS || !batch.add(reader)) {
                break;
            }
            pending = Found.NOTHING;
            after = reader.position();
        }
        return after;
    }

    private void deliver(Position before, Position after) throws IOException, InterruptedException {
        StreamId stream = batch.stream();
        Deque<Part> parts = new ArrayDeque<>();
        parts.push(batch.whole());
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            Outcome outcome = delivery.deliver(batch, part);
            if (outcome != Outcome.ACCEPTED && part.count() > 1) {
                stats.splits.incrementAndGet();
                Part half = batch.firstHalf(part);
                parts.push(Batch.rest(part, half));
                parts.push(half);
                continue;
            }
            if (outcome == Outcome.ACCEPTED) {
                onAccepted.run();
            } else {
                deadLetters.take(batch, part, delivery.refusal());
            }
            try {
                reader.settle(stream, part.last(), parts.isEmpty() ? after : before);
            } catch (IOException e) {
                // It is settled and only not stored. The other parts are nowhere else but here: first deliver them.
                if (parts.isEmpty()) {
                    throw e;
                }
            }
        }
    }

    private void reportLoss() throws IOException, InterruptedException {
        StreamId stream = reader.stream();
        long first = reader.first();
        long last = reader.last();
        Position after = reader.position();
        gaps.report(
                        stream,
                        lane,
                        List.of(new GapReporter.Range(first, last)),
                        0,
                        0,
                        GapReporter.SPOOL_DAMAGED,
                        "the spool on the node was damaged where these records were")
                .await();
        stats.damagedRecords.addAndGet(last - first + 1);
        reader.settle(stream, last, after);
        checkpoint();
    }

    private void checkpoint() throws IOException {
        reader.checkpoint();
        checkpointAt = System.nanoTime();
    }

    private void lastCheckpoint() {
        try (reader) {
            storeDespiteInterrupt();
        } catch (IOException e) {
            conditions.raise(
                    Conditions.SPOOL_FAILED,
                    "CheckpointFailed",
                    "the last checkpoint could not be written (" + e.getMessage() + "); some batches are sent twice");
        }
    }

    /** The interrupt that ends this thread may still be under way and would close the checkpoint's channel. */
    private void storeDespiteInterrupt() throws IOException {
        for (int attempt = 1; ; attempt++) {
            boolean interrupted = Thread.interrupted();
            try {
                reader.checkpoint();
                return;
            } catch (ClosedByInterruptException e) {
                if (!interrupted && attempt > LAST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
