/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.intake;

import dev.defender.protocol.wire.Lanes;
import dev.defender.publisher.spool.LaneWriter;
import java.io.IOException;

/**
 * When a lane is synced: urgent at once, bulk when a megabyte or {@link #BULK_DELAY_NANOS} has gathered, so that one
 * fdatasync covers all frames that came meanwhile. Intake thread only.
 */
final class GroupCommit {
    /** Latency that a bulk acknowledgement may cost; a twentieth of the second that an event may take to the backend. */
    static final long BULK_DELAY_NANOS = 50_000_000L;

    private static final long BULK_BYTES = 1 << 20;

    private final LaneWriter[] writers;

    GroupCommit(LaneWriter[] writers) {
        this.writers = writers;
    }

    /** Syncs the lane if it is due; whatever happens, an IOException means that the lane is to be rolled back. */
    void syncIfDue(int lane, long now) throws IOException {
        if (nanosUntilDue(lane, now) <= 0) {
            writers[lane].sync();
        }
    }

    /** Whether all that was appended in the lane is durable. */
    boolean settled(int lane) {
        return writers[lane].unsyncedBytes() == 0;
    }

    /** Time until the next sync is due; Long.MAX_VALUE when there is nothing to sync. */
    long nanosUntilDue(long now) {
        return Math.min(nanosUntilDue(Lanes.BULK, now), nanosUntilDue(Lanes.URGENT, now));
    }

    private long nanosUntilDue(int lane, long now) {
        long unsynced = writers[lane].unsyncedBytes();
        if (unsynced == 0) {
            return Long.MAX_VALUE;
        }
        if (lane == Lanes.URGENT || unsynced >= BULK_BYTES) {
            return 0;
        }
        return writers[lane].firstUnsyncedNanos() + BULK_DELAY_NANOS - now;
    }
}
