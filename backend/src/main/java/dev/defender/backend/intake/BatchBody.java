/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.intake;

import dev.defender.backend.batch.BadBatchException;
import dev.defender.backend.batch.Batch;
import dev.defender.backend.batch.BatchLimits;
import dev.defender.backend.batch.BatchReader;
import dev.defender.backend.batch.ByteBudget;
import dev.defender.backend.batch.OversizedBatchException;
import dev.defender.backend.batch.ZstdBody;
import dev.defender.backend.http.Exchange;
import dev.defender.backend.http.ProblemException;
import dev.defender.backend.store.Receipt;
import dev.defender.backend.store.SequenceJumpException;
import dev.defender.backend.store.StoreUnavailableException;
import java.io.IOException;

/** Reads and decompresses a batch; every byte of it is reserved in the budget before it is allocated. */
final class BatchBody {
    private final ByteBudget budget;

    BatchBody(ByteBudget budget) {
        this.budget = budget;
    }

    /** What is done with the batch while its bytes are reserved. */
    @FunctionalInterface
    interface Consumer {
        Receipt accept(Batch batch)
                throws ProblemException, BadBatchException, SequenceJumpException, StoreUnavailableException;
    }

    /** The budget has no room now. */
    static final class BudgetExhaustedException extends Exception {
        BudgetExhaustedException() {
            super("the budget of bytes in flight is used up");
        }
    }

    Receipt read(Exchange exchange, Consumer consumer)
            throws ProblemException, IOException, BadBatchException, OversizedBatchException, BudgetExhaustedException,
                    SequenceJumpException, StoreUnavailableException {
        try (ByteBudget.Reservation reservation = budget.open()) {
            byte[] compressed = compressed(exchange, reservation);
            reserve(reservation, ZstdBody.bytesNeeded(compressed, compressed.length));
            ZstdBody.Plain plain = ZstdBody.decompress(compressed, compressed.length);
            return consumer.accept(BatchReader.read(plain.bytes(), plain.length()));
        }
    }

    private static byte[] compressed(Exchange exchange, ByteBudget.Reservation reservation)
            throws IOException, OversizedBatchException, BudgetExhaustedException {
        long announced = exchange.contentLength();
        if (announced > BatchLimits.COMPRESSED_BYTES) {
            throw tooLarge();
        }
        // A body that does not announce its length may grow to the limit.
        int limit = announced >= 0 ? (int) announced : BatchLimits.COMPRESSED_BYTES;
        reserve(reservation, limit);
        byte[] body = exchange.body().readNBytes(limit);
        if (announced < 0 && exchange.body().read() >= 0) {
            throw tooLarge();
        }
        return body;
    }

    private static void reserve(ByteBudget.Reservation reservation, long bytes) throws BudgetExhaustedException {
        if (!reservation.grow(bytes)) {
            throw new BudgetExhaustedException();
        }
    }

    private static OversizedBatchException tooLarge() {
        return new OversizedBatchException("the body has more than " + BatchLimits.COMPRESSED_BYTES + " bytes");
    }
}
