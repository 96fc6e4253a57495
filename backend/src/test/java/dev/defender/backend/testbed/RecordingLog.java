/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.testbed;

import dev.defender.backend.batch.Batch;
import dev.defender.backend.store.EventLog;
import dev.defender.backend.store.Receipt;
import dev.defender.backend.store.SequenceJumpException;
import dev.defender.backend.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is given and can be made to fail. */
public final class RecordingLog implements EventLog {
    private final List<Batch> batches = new CopyOnWriteArrayList<>();
    private volatile boolean available = true;
    private volatile boolean jumps;

    @Override
    public Receipt append(Batch batch, Instant received) throws StoreUnavailableException, SequenceJumpException {
        if (!available) {
            throw new StoreUnavailableException("the test said so", Duration.ofSeconds(7), new IllegalStateException());
        }
        if (jumps) {
            throw new SequenceJumpException("sequence too far ahead");
        }
        batches.add(batch);
        return new Receipt(batch.count(), 0, batch.sequence(batch.count() - 1));
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
