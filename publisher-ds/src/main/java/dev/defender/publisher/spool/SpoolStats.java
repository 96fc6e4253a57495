/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import java.util.concurrent.atomic.AtomicLong;

/** What the spool met since it was opened, by cause; totals. Any thread. */
public final class SpoolStats {
    /** Bytes cut off the end of a segment because the write that made them was never finished. */
    public final AtomicLong tornBytes = new AtomicLong();

    /** Stretches of a segment in which no block could be read. */
    public final AtomicLong damagedBlocks = new AtomicLong();

    /** Places in blocks where a record did not match its CRC. */
    public final AtomicLong damagedRecords = new AtomicLong();

    /** Files moved out of the way because nothing could be read from them. */
    public final AtomicLong quarantinedFiles = new AtomicLong();

    /** Files removed from quarantine to keep it bounded. */
    public final AtomicLong discardedFiles = new AtomicLong();

    /** fdatasync calls on segments. */
    public final AtomicLong syncs = new AtomicLong();

    /** Writes or syncs that failed; what they held was not acknowledged. */
    public final AtomicLong writeFailures = new AtomicLong();
}
