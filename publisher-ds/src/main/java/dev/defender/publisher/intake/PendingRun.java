/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.intake;

import dev.defender.protocol.wire.Frame;
import dev.defender.publisher.spool.LaneWriter;
import dev.defender.publisher.spool.SpoolFullException;
import dev.defender.publisher.stream.StreamId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Records of frames that follow each other, on their way into the spool as one write: a producer under load sends a
 * thousand small frames a second, and a system call and a block for each would cost more than the records do. Empty
 * between two reads. Intake thread only.
 */
final class PendingRun {
    private final LaneWriter[] writers;
    private final ByteBuffer records =
            ByteBuffer.allocateDirect(Frame.MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private @Nullable StreamId stream;
    private int lane;
    private long first;
    private int count;

    PendingRun(LaneWriter[] writers) {
        this.writers = writers;
    }

    /** The sequence that the stream's next record in the lane has to have. */
    long expected(StreamId of, int ofLane) {
        return continues(of, ofLane) ? first + count : writers[ofLane].appended(of) + 1;
    }

    /** Takes records that begin at {@link #expected}. */
    void add(StreamId of, int ofLane, long from, int records, ByteBuffer bytes, int at, int length)
            throws RefusedException, LaneFailedException {
        if (!continues(of, ofLane) || length > this.records.remaining()) {
            flush();
            stream = of;
            lane = ofLane;
            first = from;
        }
        this.records.put(this.records.position(), bytes, at, length);
        this.records.position(this.records.position() + length);
        count += records;
    }

    /** Appends what is pending; afterwards nothing is. */
    void flush() throws RefusedException, LaneFailedException {
        StreamId of = stream;
        int length = records.position();
        int records = count;
        discard();
        if (of == null) {
            return;
        }
        try {
            writers[lane].append(of, first, records, this.records, 0, length);
        } catch (SpoolFullException e) {
            throw new RefusedException(Refusal.SPOOL_FULL, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new LaneFailedException(lane, e);
        }
    }

    /** Forgets what is pending: it was not acknowledged. */
    void discard() {
        stream = null;
        count = 0;
        records.clear();
    }

    private boolean continues(StreamId of, int ofLane) {
        return stream != null && lane == ofLane && stream.equals(of);
    }
}
