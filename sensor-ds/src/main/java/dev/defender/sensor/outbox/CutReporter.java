/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.outbox;

import dev.defender.link.ProducerIdentity;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.RecordBuffer;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.sensor.ledger.CellTotals;
import dev.defender.sensor.ledger.Ledger;
import java.util.Arrays;

/**
 * Once a second in which something changed: the totals of the running epoch. A cut names the last sequence per lane before
 * itself. Event thread.
 */
public final class CutReporter {
    private final Outbox outbox;
    private final Ledger ledger;
    private final ProducerIdentity identity;
    private final CutWriter writer;
    private final RecordBuffer record = new RecordBuffer();
    private final CellTotals totals;

    /** Per cell: captured, filtered and lost as last cut; −1 where the cut found no room. */
    private final long[] reported;

    public CutReporter(Outbox outbox, ProducerIdentity identity) {
        this.outbox = outbox;
        this.ledger = outbox.ledger();
        this.identity = identity;
        this.writer = new CutWriter(identity);
        this.totals = ledger.totals();
        this.reported = new long[ledger.cells() * 3];
    }

    /**
     * Cuts what changed since the last cut; appends nothing if nothing did.
     *
     * @param now CLOCK_BOOTTIME ns
     * @return whether everything that changed is in an appended cut; the rest stays due
     */
    public boolean report(long now) {
        return report(now, false);
    }

    /** The last cut of this epoch, with every row that was ever touched. */
    public boolean reportFinal(long now) {
        return report(now, true);
    }

    private boolean report(long now, boolean last) {
        int cell = 0;
        while (cell < ledger.cells()) {
            int begin = cell;
            int rows = 0;
            writer.head(
                    record.begin(),
                    identity.epoch(),
                    now,
                    ledger.lastSequence(Lanes.BULK),
                    ledger.lastSequence(Lanes.URGENT));
            while (cell < ledger.cells() && rows < CutWriter.MAX_ROWS) {
                rows += row(cell++, last);
            }
            boolean end = cell == ledger.cells();
            if (rows == 0 && !(last && end)) {
                continue;
            }
            writer.end(record.body(), last && end, false);
            if (!outbox.report(RecordClasses.CUT, record)) {
                Arrays.fill(reported, begin * 3, cell * 3, -1);
                return false;
            }
        }
        return true;
    }

    private int row(int cell, boolean last) {
        if (ledger.untouched(cell)) {
            return 0;
        }
        totals.read(cell);
        int at = cell * 3;
        boolean changed = totals.captured() != reported[at]
                || totals.filtered() != reported[at + 1]
                || totals.lost() != reported[at + 2];
        if (!changed && !(last && totals.touched())) {
            return 0;
        }
        reported[at] = totals.captured();
        reported[at + 1] = totals.filtered();
        reported[at + 2] = totals.lost();
        writer.row(record.body(), cell, ledger.containerOf(cell), totals.captured(), totals.filtered(), totals.lost());
        return 1;
    }
}
