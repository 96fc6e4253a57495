/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.protocol.v1.Accuracy;
import dev.defender.protocol.v1.Gap;
import dev.defender.protocol.v1.Lane;
import dev.defender.protocol.v1.LossReason;
import dev.defender.protocol.v1.RecordClass;
import dev.defender.protocol.v1.SequenceRange;
import java.sql.SQLException;

/** What a gap record adds to the ledger. */
final class GapCount {
    private GapCount() {}

    /**
     * Covers the gap's sequences.
     *
     * @return its count, less what of it is already stored or told as lost. That can be known only where the gap names
     *     each lost record by its sequence, that is where its ranges are as large as its count.
     */
    static long cover(LaneStates lanes, long subject, Gap gap) throws SQLException {
        if (gap.getRangesCount() == 0) {
            return gap.getCount();
        }
        SequenceSet sequences = lanes.get(subject, gap.getLaneValue()).sequences;
        long named = 0;
        long news = 0;
        for (SequenceRange range : gap.getRangesList()) {
            named += range.getLast() - range.getFirst() + 1;
            news += sequences.cover(range.getFirst(), range.getLast());
        }
        return named == gap.getCount() ? news : gap.getCount();
    }

    /** The gap record that this backend writes itself when a lane has more holes than it keeps. */
    static Gap givenUp(StreamKey stream, Lane lane, Range hole, Accuracy accuracy) {
        return Gap.newBuilder()
                .setProducer(stream.producer())
                .setBootId(stream.bootId())
                .setEpoch(stream.epoch())
                .setLane(lane)
                .addRanges(SequenceRange.newBuilder().setFirst(hole.first()).setLast(hole.last()))
                .setRecordClass(RecordClass.RECORD_CLASS_UNSPECIFIED)
                .setCount(hole.size())
                .setAccuracy(accuracy)
                .setReason(LossReason.LOSS_REASON_UNSPECIFIED)
                .setReporter("backend")
                .setDetail("more holes in the lane than are kept; the oldest, sequences " + hole.first() + " to "
                        + hole.last() + ", was given up")
                .build();
    }
}
