/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ledger;

import dev.defender.protocol.wire.Lanes;

/**
 * Closing a dead epoch survives the death of whoever closes it. The reports that close epoch A stand in one row in the
 * urgent lane of the successor B; A's memory keeps where that row begins in B. If B dies too, its successor learns how far
 * B's urgent lane became durable and goes on from there, so no report is missing and none is there twice.
 */
public final class ClosingAttempts {
    private static final int EPOCH = 0;
    private static final int FIRST = 1;
    private static final int SKIPPED = 2;

    private final LedgerMemory closed;

    /** @param closed memory of the epoch that is to be closed */
    public ClosingAttempts(LedgerMemory closed) {
        this.closed = closed;
    }

    /** Whether the publisher's final marks of this epoch are written down. */
    public boolean marksKnown() {
        return closed.head(HeadWords.MARKS_KNOWN) == 1;
    }

    /** Whether a publisher ever welcomed this epoch; if not, nothing of it can be durable. */
    public boolean welcomed() {
        return closed.head(HeadWords.WELCOMED) == 1;
    }

    public long epoch() {
        return closed.head(HeadWords.EPOCH);
    }

    /** The publisher's final mark of the lane. */
    public long mark(int lane) {
        return closed.head(HeadWords.CLOSED_DURABLE + lane);
    }

    /** Writes the publisher's final marks down; they never change again. */
    public void marks(long[] durable) {
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            closed.setHead(HeadWords.CLOSED_DURABLE + lane, durable[lane]);
        }
        closed.setHead(HeadWords.MARKS_KNOWN, 1);
    }

    /** Epoch that tried last to close this one; 0 = none yet. */
    public long lastAttempt() {
        long attempts = closed.head(HeadWords.CLOSING_ATTEMPTS);
        return attempts == 0 ? 0 : closed.head(slot(attempts - 1) + EPOCH);
    }

    /** How many of the closing reports are durable, given how far the last attempt's urgent lane is. */
    public long reported(long durableUrgentOfLastAttempt) {
        long attempts = closed.head(HeadWords.CLOSING_ATTEMPTS);
        if (attempts == 0) {
            return 0;
        }
        int slot = slot(attempts - 1);
        long first = closed.head(slot + FIRST);
        return closed.head(slot + SKIPPED) + Math.max(0, durableUrgentOfLastAttempt - first + 1);
    }

    /** Writes down, before the first report is numbered, that {@code epoch} goes on after {@code skipped} reports. */
    public void begin(long epoch, long firstUrgentSequence, long skipped) {
        long attempts = closed.head(HeadWords.CLOSING_ATTEMPTS);
        int slot = slot(attempts);
        closed.setHead(slot + EPOCH, epoch);
        closed.setHead(slot + FIRST, firstUrgentSequence);
        closed.setHead(slot + SKIPPED, skipped);
        closed.setHead(HeadWords.CLOSING_ATTEMPTS, attempts + 1);
    }

    private static int slot(long attempt) {
        return HeadWords.CLOSING_SLOTS + (int) (attempt & 1) * HeadWords.CLOSING_SLOT_WORDS;
    }
}
