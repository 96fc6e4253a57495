/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

import dev.defender.backend.batch.BadBatchException;
import dev.defender.backend.batch.Batch;
import java.time.Instant;

/** The durable log: batches in, records out by position. Thread-safe; batches of several callers may share one commit. */
public interface EventLog {
    /**
     * Stores what of the batch is new and returns when that survives a power cut. Records that are known already are
     * counted as duplicates and change nothing, so that a batch may be sent any number of times.
     *
     * @param batch of the node that sent it: the caller has compared header and certificate
     * @param received when the backend had the whole request
     * @throws BadBatchException a body is not what its class says; nothing of the batch is stored
     * @throws SequenceJumpException sequences too far above what is known of the stream; nothing is stored
     * @throws StoreUnavailableException nothing is known to be stored; the batch may be sent again
     */
    Receipt append(Batch batch, Instant received)
            throws BadBatchException, SequenceJumpException, StoreUnavailableException;

    /**
     * Gives records behind a position in the order of their commit. Once a position has been seen, no record with a
     * smaller one ever appears: a reader goes on behind the last one that it was given. Positions have holes: gap, cut
     * and health records go into the ledger and are not given; what is older than the retention is gone.
     *
     * @param position the record there is not given; 0 = from the oldest
     * @param limit most records, at least 1; fewer are given only at the log's end
     * @throws StoreUnavailableException perhaps after some records; what was given stays true
     */
    <X extends Exception> void read(long position, int limit, RowSink<EventRow, X> sink)
            throws X, StoreUnavailableException;
}
