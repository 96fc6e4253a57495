/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.intake;

import dev.defender.backend.batch.ByteBudget;
import dev.defender.backend.store.Receipt;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts what became of batches. */
final class IntakeMeters {
    private final Counter stored;
    private final Counter duplicates;
    private final Map<Reason, Counter> refused = new EnumMap<>(Reason.class);

    /** Why a batch was not taken. */
    enum Reason {
        BAD_BATCH,
        OVERSIZED,
        FOREIGN_IDENTITY,
        SEQUENCE_JUMP,
        BUSY,
        STORE_UNAVAILABLE
    }

    IntakeMeters(MeterRegistry registry, ByteBudget budget) {
        stored = records(registry, "stored");
        duplicates = records(registry, "duplicate");
        for (Reason reason : Reason.values()) {
            refused.put(
                    reason,
                    Counter.builder("defender.ingest.batches.refused")
                            .description("Batches that were not taken, by reason")
                            .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        Gauge.builder("defender.ingest.inflight", budget, ByteBudget::used)
                .description("Bytes reserved for batches in flight")
                .baseUnit("bytes")
                .register(registry);
    }

    private static Counter records(MeterRegistry registry, String result) {
        return Counter.builder("defender.ingest.records")
                .description("Records of accepted batches")
                .tag("result", result)
                .register(registry);
    }

    void stored(Receipt receipt) {
        stored.increment(receipt.stored());
        duplicates.increment(receipt.duplicates());
    }

    void refused(Reason reason) {
        Counter counter = refused.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }
}
