/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.outbox;

import dev.defender.link.LaneWindow;
import dev.defender.link.RecordsSignal;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.RecordBuffer;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.sensor.ledger.Cells;
import dev.defender.sensor.ledger.Ledger;
import dev.defender.sensor.ledger.LossKind;

/**
 * The way out of the event thread. A record gets its number when it enters its lane's window; what does not enter is
 * counted as lost in the same call. Appends belong to the event thread; the windows are shared with the link thread.
 */
public final class Outbox {
    private static final RecordsSignal NOBODY = () -> {};

    private final Ledger ledger;
    private final LaneWindow[] lanes;
    private final long[] limits = new long[RecordClasses.HEALTH + 1];
    private RecordsSignal signal = NOBODY;
    private boolean dirty;

    /** @param bulkBytes,urgentBytes sizes of the windows, powers of two */
    public Outbox(Ledger ledger, int bulkBytes, int urgentBytes) {
        this.ledger = ledger;
        this.lanes = new LaneWindow[] {
            new LaneWindow(bulkBytes, ledger.indexEntries(Lanes.BULK)),
            new LaneWindow(urgentBytes, ledger.indexEntries(Lanes.URGENT))
        };
        for (int recordClass = 0; recordClass < limits.length; recordClass++) {
            limits[recordClass] =
                    Admission.limit(recordClass, laneOf(recordClass).capacity());
        }
    }

    public LaneWindow lane(int lane) {
        return lanes[lane];
    }

    public Ledger ledger() {
        return ledger;
    }

    /** Before the first record: whom {@link #flush} tells. */
    public void attach(RecordsSignal linkSignal) {
        signal = linkSignal;
    }

    /**
     * An event or a detection.
     *
     * @param record the body; one that grew past a record counts as undecodable
     * @return its sequence, or 0 if it was dropped and counted
     */
    public long event(int recordClass, int row, RecordBuffer record) {
        int lane = laneNumber(recordClass);
        LaneWindow window = lanes[lane];
        int cell = Cells.cell(recordClass, row);
        int length = record.recordLength();
        if (record.body().overflowed()) {
            ledger.lost(cell, LossKind.UNDECODABLE);
            return 0;
        }
        if (!window.fits(length, limits[recordClass])) {
            ledger.lost(cell, LossKind.OUT_OF_CREDIT);
            return 0;
        }
        long sequence = window.nextSequence();
        record.header(lane, recordClass, sequence);
        ledger.number(lane, sequence, cell);
        window.append(record.bytes(), 0, length);
        dirty = true;
        return sequence;
    }

    /** A cut, a health record or a gap of another epoch; false if there is no room for it now. */
    public boolean report(int recordClass, RecordBuffer record) {
        LaneWindow window = lanes[Lanes.URGENT];
        int length = record.recordLength();
        if (!window.fits(length, limits[recordClass])) {
            return false;
        }
        long sequence = window.nextSequence();
        record.header(Lanes.URGENT, recordClass, sequence);
        ledger.numberUncounted(Lanes.URGENT, sequence);
        window.append(record.bytes(), 0, length);
        dirty = true;
        return true;
    }

    /** A report of losses of this epoch; false if there is no room for it now. */
    boolean gap(int cell, LossKind kind, long count, RecordBuffer record) {
        LaneWindow window = lanes[Lanes.URGENT];
        int length = record.recordLength();
        if (!window.fits(length, limits[RecordClasses.GAP])) {
            return false;
        }
        long sequence = window.nextSequence();
        record.header(Lanes.URGENT, RecordClasses.GAP, sequence);
        ledger.numberGap(Lanes.URGENT, sequence, cell, kind, count);
        window.append(record.bytes(), 0, length);
        dirty = true;
        return true;
    }

    /** Tells the link once about everything appended since the last call. */
    public void flush() {
        if (dirty) {
            dirty = false;
            signal.recordsWait();
        }
    }

    private LaneWindow laneOf(int recordClass) {
        return lanes[laneNumber(recordClass)];
    }

    private static int laneNumber(int recordClass) {
        return recordClass < RecordClasses.DETECTION ? Lanes.BULK : Lanes.URGENT;
    }
}
