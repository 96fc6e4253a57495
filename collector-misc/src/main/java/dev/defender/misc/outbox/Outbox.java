/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.outbox;

import dev.defender.link.LaneWindow;
import dev.defender.link.Producer;
import dev.defender.link.ProducerIdentity;
import dev.defender.link.RecordsSignal;
import dev.defender.misc.outbox.Totals.Cell;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.ProtoWriter;
import dev.defender.protocol.wire.RecordBuffer;
import dev.defender.protocol.wire.RecordClasses;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * What waits for the publisher. Records are appended by the collector thread; the link thread sends and acknowledges them.
 * Objects, events and list markers go into the bulk lane and so keep their order; reports about the stream are urgent.
 */
public final class Outbox implements Producer {
    private static final int BULK_BYTES = 1 << 20;
    private static final int URGENT_BYTES = 1 << 17;
    private static final int MOST_RECORDS = 1 << 20;
    private static final long PAUSE_NANOS = 5_000_000;
    private static final RecordsSignal NOBODY = () -> {};

    private final LaneWindow[] lanes = {
        new LaneWindow(BULK_BYTES, MOST_RECORDS), new LaneWindow(URGENT_BYTES, MOST_RECORDS)
    };
    private final Totals totals = new Totals();
    private final RecordBuffer record = new RecordBuffer();
    private final RecordBuffer reportRecord = new RecordBuffer();
    private final LedgerReports reports;
    private final LongSupplier bootNanos;
    private final long previousEpoch;
    private RecordsSignal signal = NOBODY;
    private boolean dirty;
    private long cutAt = -1;
    private long gapsSince;
    private boolean pastTold;

    /**
     * @param previousEpoch of this boot that did not end in order; 0 if none is known
     * @param bootNanos CLOCK_BOOTTIME, ns
     */
    public Outbox(ProducerIdentity identity, long previousEpoch, LongSupplier bootNanos) {
        this.reports = new LedgerReports(identity);
        this.previousEpoch = previousEpoch;
        this.bootNanos = bootNanos;
        this.gapsSince = identity.epoch();
        this.pastTold = previousEpoch == 0;
    }

    /** Before the first record: whom {@link #flush} tells. */
    public void attach(RecordsSignal linkSignal) {
        signal = linkSignal;
    }

    /** Begins the body of the next record; its first two fields, time and ledger row, are written. */
    public ProtoWriter begin() {
        ProtoWriter body = record.begin();
        body.fixed64(1, bootNanos.getAsLong());
        return body;
    }

    /**
     * Appends the record that {@link #begin} began, or counts it as lost.
     *
     * @return its sequence; 0 if there was no room for it
     */
    public long append(int recordClass) {
        totals.captured(recordClass);
        long sequence = record.body().overflowed() ? 0 : enter(Lanes.BULK, recordClass, record);
        if (sequence == 0) {
            totals.lost(recordClass);
        }
        return sequence;
    }

    /** Something that was read and need not be told. */
    public void passedOver(int recordClass) {
        totals.filtered(recordClass);
    }

    /** Whether a record of any length has room in the bulk lane. */
    public boolean hasRoom() {
        return lanes[Lanes.BULK].used() < BULK_BYTES / 2;
    }

    /** Waits until the bulk lane has room; returns whether it has. */
    public boolean awaitRoom(long seconds) {
        if (hasRoom()) {
            return true;
        }
        flush();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!hasRoom()) {
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
        return true;
    }

    /** Waits until the publisher holds the bulk lane up to there, or the time is over; returns whether it does. */
    public boolean awaitDurable(long sequence, long millis) {
        flush();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!durable(sequence) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
        return durable(sequence);
    }

    /** Appends a health message, written by {@code write}; false if there is no room for it now. */
    public boolean health(java.util.function.Consumer<ProtoWriter> write) {
        write.accept(reportRecord.begin());
        return enter(Lanes.URGENT, RecordClasses.HEALTH, reportRecord) != 0;
    }

    /** Once a second: what was lost, and the totals if they changed. */
    public void report() {
        report(false);
        flush();
    }

    /** The epoch is over: its last reports; returns whether they all found room. */
    public boolean reportFinal() {
        boolean whole = report(true);
        flush();
        return whole;
    }

    /** Wakes the link once for everything appended since the last call. */
    public void flush() {
        if (dirty) {
            dirty = false;
            signal.recordsWait();
        }
    }

    /** The last sequence of the bulk lane. */
    public long lastBulk() {
        return lanes[Lanes.BULK].nextSequence() - 1;
    }

    private boolean durable(long sequence) {
        return lanes[Lanes.BULK].ackedSequence() >= sequence;
    }

    @Override
    public LaneWindow lane(int lane) {
        return lanes[lane];
    }

    @Override
    public long previousEpoch() {
        return 0;
    }

    @Override
    public void welcomed(long[] previousDurable) {
        // Without counters that survived there is nothing that the marks of an epoch before could tell.
    }

    @Override
    public void acked(int lane, long sequence) {
        // The window keeps it.
    }

    private boolean report(boolean last) {
        long now = bootNanos.getAsLong();
        boolean whole = tellPast(now);
        for (Cell cell : Cell.ALL) {
            long count = totals.unreported(cell);
            if (count > 0) {
                reports.outOfCredit(reportRecord.begin(), cell, count, gapsSince, now);
                if (enter(Lanes.URGENT, RecordClasses.GAP, reportRecord) != 0) {
                    totals.reported(cell, count);
                } else {
                    whole = false;
                }
            }
        }
        gapsSince = whole ? now : gapsSince;
        if (last || cutAt != totals.changes()) {
            long changes = totals.changes();
            reports.cut(reportRecord.begin(), now, lastBulk(), lanes[Lanes.URGENT].nextSequence() - 1, totals, last);
            if (enter(Lanes.URGENT, RecordClasses.CUT, reportRecord) != 0) {
                cutAt = changes;
            } else {
                whole = false;
            }
        }
        return whole;
    }

    private boolean tellPast(long now) {
        if (!pastTold) {
            reports.cutUnknown(reportRecord.begin(), previousEpoch, now);
            boolean told = enter(Lanes.URGENT, RecordClasses.CUT, reportRecord) != 0;
            reports.notRunning(reportRecord.begin(), previousEpoch);
            pastTold = told && enter(Lanes.URGENT, RecordClasses.GAP, reportRecord) != 0;
        }
        return pastTold;
    }

    private long enter(int lane, int recordClass, RecordBuffer from) {
        LaneWindow window = lanes[lane];
        int length = from.recordLength();
        if (!window.fits(length, Long.MAX_VALUE)) {
            return 0;
        }
        long sequence = window.nextSequence();
        from.header(lane, recordClass, sequence);
        window.append(from.bytes(), 0, length);
        dirty = true;
        return sequence;
    }
}
