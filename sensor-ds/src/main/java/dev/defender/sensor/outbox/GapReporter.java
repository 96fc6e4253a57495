/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.outbox;

import dev.defender.link.ProducerIdentity;
import dev.defender.protocol.wire.RecordBuffer;
import dev.defender.sensor.ledger.Ledger;
import dev.defender.sensor.ledger.LossKind;

/** Once a second: reports, per cell and reason, what was lost since the last report. Event thread. */
public final class GapReporter {
    private static final LossKind[] KINDS = LossKind.values();

    private final Outbox outbox;
    private final ProducerIdentity identity;
    private final GapWriter writer;
    private final RecordBuffer record = new RecordBuffer();
    private long since;

    public GapReporter(Outbox outbox, ProducerIdentity identity) {
        this.outbox = outbox;
        this.identity = identity;
        this.writer = new GapWriter(identity);
        this.since = identity.epoch();
    }

    /**
     * Appends the reports that are due; what finds no room stays due.
     *
     * @param now CLOCK_BOOTTIME ns
     * @return whether nothing is left to report
     */
    public boolean report(long now) {
        Ledger ledger = outbox.ledger();
        boolean complete = true;
        for (int cell = 0; cell < ledger.cells(); cell++) {
            if (ledger.untouched(cell)) {
                continue;
            }
            for (LossKind kind : KINDS) {
                long count = ledger.unreported(cell, kind);
                if (count > 0) {
                    complete &= append(cell, kind, count, now);
                }
            }
        }
        if (complete) {
            since = now;
        }
        return complete;
    }

    private boolean append(int cell, LossKind kind, long count, long now) {
        writer.exact(
                record.begin(),
                identity.epoch(),
                cell,
                kind.reason(),
                count,
                since,
                now,
                outbox.ledger().containerOf(cell));
        return outbox.gap(cell, kind, count, record);
    }
}
