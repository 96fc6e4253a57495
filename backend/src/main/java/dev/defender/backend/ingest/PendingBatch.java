/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.backend.store.Receipt;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;

/** A batch on its way into a transaction, and its caller's answer. */
record PendingBatch(DecodedBatch decoded, Instant received, CompletableFuture<Receipt> answer) {
    OffsetDateTime receivedAt() {
        return received.atOffset(ZoneOffset.UTC);
    }
}
