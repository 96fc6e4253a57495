/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.backend.store.Receipt;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;

/** What the ingest counts. Names follow the project's rule: prefix {@code defender_}, units in names. */
final class IngestMetrics {
    private final Counter stored;
    private final Counter duplicates;
    private final Counter failedTransactions;
    private final Timer transactions;
    private final DistributionSummary batchesPerTransaction;

    IngestMetrics(MeterRegistry registry, Collection<?> queue) {
        stored = Counter.builder("defender.ingest.records")
                .description("Records of accepted batches")
                .tag("result", "stored")
                .register(registry);
        duplicates = Counter.builder("defender.ingest.records")
                .description("Records of accepted batches")
                .tag("result", "duplicate")
                .register(registry);
        failedTransactions = registry.counter("defender.ingest.transactions.failed");
        transactions = Timer.builder("defender.ingest.transaction")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        batchesPerTransaction = registry.summary("defender.ingest.transaction.batches");
        registry.gaugeCollectionSize(
                "defender.ingest.queued.batches", io.micrometer.core.instrument.Tags.empty(), queue);
    }

    Timer transactions() {
        return transactions;
    }

    void committed(int batches, Collection<Receipt> receipts) {
        batchesPerTransaction.record(batches);
        for (Receipt receipt : receipts) {
            stored.increment(receipt.stored());
            duplicates.increment(receipt.duplicates());
        }
    }

    void failed() {
        failedTransactions.increment();
    }
}
