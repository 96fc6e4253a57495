/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.intake;

import dev.defender.backend.batch.ByteBudget;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts the batches that were not taken, and what those in flight reserve. */
final class IntakeMeters {
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

    void refused(Reason reason) {
        Counter counter = refused.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }
}
