/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

import dev.defender.backend.batch.BadBatchException;
import dev.defender.backend.batch.Batch;
import java.time.Instant;

/** The durable way in. Thread-safe; batches of several callers may share one commit. */
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
}
