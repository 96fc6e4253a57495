/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ledger;

import dev.defender.protocol.wire.Lanes;
import java.util.ArrayList;
import java.util.List;

/**
 * What a dead epoch's counters and the publisher's marks say together: exactly what was lost, and which of the losses no
 * durable report names. A pure function of both, so every successor that computes it gets the same list in the same order.
 */
public final class ClosedEpoch {
    /**
     * A loss that has to be reported.
     *
     * @param reason value of {@code defender.v1.LossReason}
     */
    public record Loss(int cell, int reason, long count) {}

    /** Value of {@code LossReason.LOSS_REASON_PROCESS_KILLED}. */
    public static final int PROCESS_KILLED = 3;

    private final LedgerMemory memory;
    private final long[] durable;
    private final long[] numbered;
    private final long[] gapped;

    /** @param durable by lane: the last sequence that the publisher holds */
    public ClosedEpoch(LedgerMemory memory, long[] durable) {
        this.memory = memory;
        int cells = memory.rows() * Cells.SLOTS;
        this.durable = new long[Lanes.COUNT];
        this.numbered = new long[cells];
        this.gapped = new long[cells * LossKind.values().length];
        for (int cell = 0; cell < cells; cell++) {
            numbered[cell] = memory.cell(cell, CellWords.NUMBERED);
            for (LossKind kind : LossKind.values()) {
                gapped[gapIndex(cell, kind.ordinal())] = memory.cell(cell, kind.gappedWord());
            }
        }
        repeatLastGap();
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            long last = lastSequence(lane);
            this.durable[lane] = Math.min(Math.max(durable[lane], memory.head(HeadWords.ACKED_SEQUENCE + lane)), last);
            repeatLastRecord(lane, last);
            subtractUndurable(lane, last);
        }
    }

    public long epoch() {
        return memory.head(HeadWords.EPOCH);
    }

    /** CLOCK_BOOTTIME ns when the epoch was last seen alive. */
    public long lastAlive() {
        return memory.head(HeadWords.LAST_ALIVE);
    }

    /** Where the lane ends for ever: nothing after it reached the publisher. */
    public long durable(int lane) {
        return durable[lane];
    }

    /** Losses that no durable report names, by cell and then reason. */
    public List<Loss> unreported() {
        List<Loss> losses = new ArrayList<>();
        for (int cell = 0; cell < numbered.length; cell++) {
            for (LossKind kind : LossKind.values()) {
                long count = CellTotals.lost(memory, cell, kind) - gapped[gapIndex(cell, kind.ordinal())];
                if (count > 0) {
                    losses.add(new Loss(cell, kind.reason(), count));
                }
            }
            long killed = killed(cell);
            if (killed > 0) {
                losses.add(new Loss(cell, PROCESS_KILLED, killed));
            }
        }
        return losses;
    }

    /** Events of the cell that were in the ring, in hand or in the window when the process died. */
    public long killed(int cell) {
        CellTotals totals = new CellTotals(memory).read(cell);
        return totals.captured() - totals.filtered() - totals.lost() - numbered[cell];
    }

    /** The cell's totals, before the kill is added to what was lost. */
    public CellTotals totals() {
        return new CellTotals(memory);
    }

    public int cells() {
        return numbered.length;
    }

    private long lastSequence(int lane) {
        return memory.head(HeadWords.NEXT_SEQUENCE + lane) - 1;
    }

    /** The kill may have come after the report was numbered and before its total was stored. */
    private void repeatLastGap() {
        long sequence = memory.head(HeadWords.GAP_SEQUENCE);
        if (sequence == 0 || sequence != lastSequence(Lanes.URGENT)) {
            return;
        }
        long cellWord = memory.head(HeadWords.GAP_CELL_WORD);
        int cell = (int) (cellWord / CellWords.COUNT);
        int kind = (int) (cellWord % CellWords.COUNT) - CellWords.GAPPED_RING;
        gapped[gapIndex(cell, kind)] = memory.head(HeadWords.GAP_TOTAL);
    }

    /** The kill may have come after the record was numbered and before its cell's total was stored. */
    private void repeatLastRecord(int lane, long last) {
        if (last == 0) {
            return;
        }
        long entry = memory.index(lane, last);
        if (IndexEntry.kind(entry) == IndexEntry.COUNTED) {
            int cell = IndexEntry.cell(entry);
            if ((numbered[cell] + 1 & IndexEntry.TOTAL_MASK) == IndexEntry.total(entry)) {
                numbered[cell]++;
            }
        }
    }

    /** Afterwards {@code numbered} and {@code gapped} say what of them is durable. */
    private void subtractUndurable(int lane, long last) {
        for (long sequence = durable[lane] + 1; sequence <= last; sequence++) {
            long entry = memory.index(lane, sequence);
            if (IndexEntry.kind(entry) == IndexEntry.COUNTED) {
                numbered[IndexEntry.cell(entry)]--;
            } else if (IndexEntry.kind(entry) == IndexEntry.GAP) {
                gapped[gapIndex(IndexEntry.cell(entry), IndexEntry.gapReason(entry))] -= IndexEntry.gapCount(entry);
            }
        }
    }

    private static int gapIndex(int cell, int kind) {
        return cell * 3 + kind;
    }
}
