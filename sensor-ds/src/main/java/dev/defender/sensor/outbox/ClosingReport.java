/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.outbox;

import dev.defender.link.ProducerIdentity;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.RecordBuffer;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.sensor.ledger.CellTotals;
import dev.defender.sensor.ledger.ClosedEpoch;
import dev.defender.sensor.ledger.ClosingAttempts;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Closes one dead epoch of this boot: a gap report for each of its losses that no durable report names, then its final
 * cut. The reports are always the same in the same order, so that {@link ClosingAttempts} can name them by number. Event
 * thread.
 */
public final class ClosingReport {
    private final Outbox outbox;
    private final ClosedEpoch closed;
    private final CellTotals totals;
    private final List<ClosedEpoch.Loss> losses;
    private final int[] touched;
    private final GapWriter gaps;
    private final CutWriter cuts;
    private final RecordBuffer record = new RecordBuffer();

    public ClosingReport(Outbox outbox, ProducerIdentity identity, ClosedEpoch closed) {
        this.outbox = outbox;
        this.closed = closed;
        this.totals = closed.totals();
        this.losses = closed.unreported();
        this.touched = IntStream.range(0, closed.cells())
                .filter(cell -> totals.read(cell).touched())
                .toArray();
        this.gaps = new GapWriter(identity);
        this.cuts = new CutWriter(identity);
    }

    /** Records that close the epoch. */
    public int records() {
        return losses.size() + Math.max(1, (touched.length + CutWriter.MAX_ROWS - 1) / CutWriter.MAX_ROWS);
    }

    /** Events that the end of the process cost. */
    public long killed() {
        return losses.stream()
                .filter(loss -> loss.reason() == ClosedEpoch.PROCESS_KILLED)
                .mapToLong(ClosedEpoch.Loss::count)
                .sum();
    }

    /**
     * Appends the records from number {@code from} on.
     *
     * @param now CLOCK_BOOTTIME ns
     * @return number of the first record that found no room; {@link #records()} when all are appended
     */
    public int append(int from, long now) {
        for (int number = from; number < records(); number++) {
            int recordClass = number < losses.size() ? RecordClasses.GAP : RecordClasses.CUT;
            if (recordClass == RecordClasses.GAP) {
                gap(losses.get(number));
            } else {
                cut(number - losses.size(), now);
            }
            if (!outbox.report(recordClass, record)) {
                return number;
            }
        }
        return records();
    }

    private void gap(ClosedEpoch.Loss loss) {
        gaps.exact(
                record.begin(),
                closed.epoch(),
                loss.cell(),
                loss.reason(),
                loss.count(),
                closed.epoch(),
                closed.lastAlive(),
                totals.container(loss.cell()));
    }

    private void cut(int part, long now) {
        cuts.head(record.begin(), closed.epoch(), now, closed.durable(Lanes.BULK), closed.durable(Lanes.URGENT));
        int end = Math.min(touched.length, (part + 1) * CutWriter.MAX_ROWS);
        for (int i = part * CutWriter.MAX_ROWS; i < end; i++) {
            int cell = touched[i];
            totals.read(cell);
            cuts.row(
                    record.body(),
                    cell,
                    totals.container(cell),
                    totals.captured(),
                    totals.filtered(),
                    totals.lost() + closed.killed(cell));
        }
        cuts.end(record.body(), end == touched.length, false);
    }
}
