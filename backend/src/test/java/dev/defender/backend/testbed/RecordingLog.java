/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.testbed;

import dev.defender.backend.batch.Batch;
import dev.defender.backend.store.EventLog;
import dev.defender.backend.store.EventRow;
import dev.defender.backend.store.Receipt;
import dev.defender.backend.store.RowSink;
import dev.defender.backend.store.SequenceJumpException;
import dev.defender.backend.store.StoreUnavailableException;
import dev.defender.protocol.v1.BatchHeader;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is given, without times of its own, and can be made to fail. */
public final class RecordingLog implements EventLog {
    private final List<Batch> batches = new CopyOnWriteArrayList<>();
    private final List<EventRow> rows = new CopyOnWriteArrayList<>();
    private volatile boolean available = true;
    private volatile boolean jumps;

    @Override
    public synchronized Receipt append(Batch batch, Instant received)
            throws StoreUnavailableException, SequenceJumpException {
        if (!available) {
            throw new StoreUnavailableException("the test said so", Duration.ofSeconds(7), new IllegalStateException());
        }
        if (jumps) {
            throw new SequenceJumpException("sequence too far ahead");
        }
        batches.add(batch);
        for (int i = 0; i < batch.count(); i++) {
            rows.add(row(rows.size() + 1, batch, i, received));
        }
        return new Receipt(batch.count(), 0, batch.sequence(batch.count() - 1));
    }

    @Override
    public <X extends Exception> void read(long position, int limit, RowSink<EventRow, X> sink) throws X {
        for (EventRow row : rows.stream().skip(position).limit(limit).toList()) {
            sink.accept(row);
        }
    }

    private static EventRow row(long position, Batch batch, int index, Instant received) {
        BatchHeader header = batch.header();
        int body = batch.bodyOffset(index);
        return new EventRow(
                position,
                received,
                header.getCluster(),
                header.getNode(),
                header.getBootId(),
                header.getProducer(),
                header.getEpoch(),
                header.getLaneValue(),
                batch.sequence(index),
                batch.recordClass(index),
                0,
                received,
                Arrays.copyOfRange(batch.bytes(), body, body + batch.bodyLength(index)));
    }

    public List<Batch> batches() {
        return batches;
    }

    public void available(boolean available) {
        this.available = available;
    }

    public void refuseJumps() {
        jumps = true;
    }
}
