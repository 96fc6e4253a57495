/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.ship;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** What was shipped since the start; totals over both lanes. Any thread. */
public final class ShipStats {
    private static final int STATUSES = 600;

    public final AtomicLong batches = new AtomicLong();
    public final AtomicLong records = new AtomicLong();
    public final AtomicLong rawBytes = new AtomicLong();
    public final AtomicLong sentBytes = new AtomicLong();
    public final AtomicLong splits = new AtomicLong();
    public final AtomicLong connections = new AtomicLong();
    public final AtomicLong connectionFailures = new AtomicLong();
    public final AtomicLong deadRecords = new AtomicLong();
    public final AtomicLong deadFilesDiscarded = new AtomicLong();

    /** Records of the spool that were found lost, and reported. */
    public final AtomicLong damagedRecords = new AtomicLong();

    private final AtomicLongArray answers = new AtomicLongArray(STATUSES);

    void answered(int status) {
        answers.incrementAndGet(Math.clamp(status, 0, STATUSES - 1));
    }

    /** How often the backend answered with this status. */
    public long answers(int status) {
        return answers.get(status);
    }
}
