/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.outbox;

import dev.defender.link.LaneWindow;
import dev.defender.link.ProducerIdentity;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.RecordBuffer;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.sensor.ledger.ClosedEpoch;
import dev.defender.sensor.ledger.ClosingAttempts;
import dev.defender.sensor.ledger.HeadWords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the epochs of this boot that were killed. It needs the publisher's marks of the newest of them, so it waits for
 * the first welcome; the counters are kept until the publisher holds everything that closes them.
 */
public final class Succession {
    private static final Logger log = LoggerFactory.getLogger(Succession.class);
    private static final int BYTES_PER_RECORD = 320;
    private static final int BYTES_PER_CUT = CutWriter.MAX_ROWS * 160;

    private final Outbox outbox;
    private final ProducerIdentity identity;
    private final List<PinnedEpoch> older;
    private final List<Long> unknown;
    private final long previousEpoch;
    private final RecordBuffer record = new RecordBuffer();
    private volatile boolean marksKnown;
    private boolean appended;
    private long lastSequence;

    /**
     * @param older epochs whose counters survived
     * @param unknown epochs of this boot that did not end in order and whose counters did not survive
     */
    public Succession(Outbox outbox, ProducerIdentity identity, List<PinnedEpoch> older, List<Long> unknown) {
        this.outbox = outbox;
        this.identity = identity;
        this.older = older.stream()
                .sorted(Comparator.comparingLong(PinnedEpoch::epoch))
                .toList();
        this.unknown = List.copyOf(unknown);
        this.previousEpoch = this.older.stream()
                .map(pinned -> new ClosingAttempts(pinned.memory()))
                .filter(attempts -> attempts.welcomed() && !attempts.marksKnown())
                .mapToLong(ClosingAttempts::epoch)
                .max()
                .orElse(0);
    }

    /** The epoch whose durable marks the handshake must ask for; 0 = none. */
    public long previousEpoch() {
        return previousEpoch;
    }

    /**
     * Link thread, at each welcome, before this epoch is marked as welcomed: so of all older epochs only the newest welcomed
     * one can be without its marks.
     *
     * @param durable by lane: marks of {@link #previousEpoch}; zeros if the publisher does not know it
     */
    public void welcomed(long[] durable) {
        for (PinnedEpoch pinned : older) {
            ClosingAttempts attempts = new ClosingAttempts(pinned.memory());
            if (!attempts.marksKnown()) {
                attempts.marks(pinned.epoch() == previousEpoch ? durable : new long[Lanes.COUNT]);
            }
        }
        marksKnown = true;
    }

    /**
     * Event thread, now and then: does what can be done.
     *
     * @param now CLOCK_BOOTTIME ns
     * @return whether nothing is left to do
     */
    public boolean advance(long now) {
        if (older.isEmpty() && unknown.isEmpty()) {
            return true;
        }
        if (!appended) {
            appended = marksKnown && append(now);
            return false;
        }
        if (outbox.lane(Lanes.URGENT).ackedSequence() < lastSequence) {
            return false;
        }
        return true;
    }

    /** Once {@link #advance} is true: lets the counters of the closed epochs go. */
    public void forget() {
        older.forEach(PinnedEpoch::forget);
    }

    private boolean append(long now) {
        List<ClosingReport> reports = new ArrayList<>();
        List<Integer> skipped = new ArrayList<>();
        long bytes = BYTES_PER_RECORD * (1L + unknown.size());
        for (PinnedEpoch pinned : older) {
            ClosingAttempts attempts = new ClosingAttempts(pinned.memory());
            long[] marks = {attempts.mark(Lanes.BULK), attempts.mark(Lanes.URGENT)};
            ClosingReport report = new ClosingReport(outbox, identity, new ClosedEpoch(pinned.memory(), marks));
            reports.add(report);
            skipped.add((int) Math.min(report.records(), attempts.reported(durableUrgent(attempts.lastAttempt()))));
            bytes += (long) BYTES_PER_RECORD * report.records() + BYTES_PER_CUT;
        }
        LaneWindow urgent = outbox.lane(Lanes.URGENT);
        if (urgent.used() > 0 && urgent.used() + bytes > urgent.capacity()) {
            // The reports must stand in one row; an emptier window comes with the next acknowledgement.
            return false;
        }
        for (int i = 0; i < reports.size(); i++) {
            ClosingReport report = reports.get(i);
            PinnedEpoch pinned = older.get(i);
            new ClosingAttempts(pinned.memory()).begin(identity.epoch(), urgent.nextSequence(), skipped.get(i));
            report.append(skipped.get(i), now);
            log.info("epoch {} did not end in order: {} events were lost with it", pinned.epoch(), report.killed());
        }
        unknown.forEach(epoch -> cutUnknown(epoch, now));
        notRunning();
        lastSequence = urgent.nextSequence() - 1;
        outbox.flush();
        return true;
    }

    private void cutUnknown(long epoch, long now) {
        CutWriter cuts = new CutWriter(identity);
        cuts.head(record.begin(), epoch, now, 0, 0);
        cuts.end(record.body(), true, true);
        outbox.report(RecordClasses.CUT, record);
        log.warn("epoch {} left no counters behind: what was lost with it is not known", epoch);
    }

    private void notRunning() {
        long since =
                older.isEmpty() ? unknown.getLast() : older.getLast().memory().head(HeadWords.LAST_ALIVE);
        new GapWriter(identity).notRunning(record.begin(), identity.epoch(), since, identity.epoch());
        outbox.report(RecordClasses.GAP, record);
    }

    /** How far the urgent lane of a dead successor became durable; everything, if it is closed itself. */
    private long durableUrgent(long epoch) {
        for (PinnedEpoch pinned : older) {
            if (pinned.epoch() == epoch) {
                return new ClosingAttempts(pinned.memory()).mark(Lanes.URGENT);
            }
        }
        return epoch == 0 ? 0 : Long.MAX_VALUE / 2;
    }
}
