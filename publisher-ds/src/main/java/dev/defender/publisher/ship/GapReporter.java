/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.ship;

import dev.defender.protocol.wire.ProtoWriter;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.publisher.intake.OwnRecords;
import dev.defender.publisher.intake.OwnRecords.Pending;
import dev.defender.publisher.stream.StreamId;
import java.util.Arrays;
import java.util.List;

/** Says in the publisher's own stream what is missing from another one. Any thread. */
public final class GapReporter {
    // Values of the enums LossReason and Accuracy of ledger.proto.
    public static final int SPOOL_DAMAGED = 5;
    public static final int DEAD_LETTER = 7;
    private static final int UNKNOWN = 0;
    private static final int EXACT = 2;

    private static final int FIXED_BYTES = 2048;
    private static final int RANGE_BYTES = 40;

    /** So many ranges fit a record; more than that take several. */
    static final int MAX_RANGES = 1000;

    /** Both ends belong to it. */
    public record Range(long first, long last) {}

    private final OwnRecords own;

    public GapReporter(OwnRecords own) {
        this.own = own;
    }

    /**
     * Reports an exactly known loss.
     *
     * @param recordClass 0 if mixed or unknown
     * @param row of the ledger; 0 if mixed or unknown
     * @param ranges at most {@link #MAX_RANGES}
     * @return to wait for: the loss must not be settled before it is durable
     */
    public Pending report(
            StreamId stream, int lane, List<Range> ranges, int recordClass, int row, int reason, String detail) {
        long count = 0;
        for (Range range : ranges) {
            count += range.last() - range.first() + 1;
        }
        return post(stream, lane, ranges, recordClass, row, count, EXACT, reason, detail);
    }

    /** Reports that a producer has let go of records on the word of a spool that is gone: they may have arrived. */
    public Pending reportUnknown(StreamId stream, int lane, long first, long last) {
        return post(
                stream,
                lane,
                List.of(new Range(first, last)),
                0,
                0,
                0,
                UNKNOWN,
                SPOOL_DAMAGED,
                "the spool that acknowledged these is gone; what it had not shipped is lost");
    }

    private Pending post(
            StreamId stream,
            int lane,
            List<Range> ranges,
            int recordClass,
            int row,
            long count,
            int accuracy,
            int reason,
            String detail) {
        byte[] body = new byte[FIXED_BYTES + ranges.size() * RANGE_BYTES];
        ProtoWriter writer = new ProtoWriter().wrap(body, 0, body.length);
        writer.string(1, stream.producer());
        writer.string(2, stream.bootId());
        writer.fixed64(3, stream.epoch());
        writer.varint(4, lane);
        for (Range range : ranges) {
            int mark = writer.begin(5);
            writer.varint(1, range.first());
            writer.varint(2, range.last());
            writer.end(mark);
        }
        writer.varint(6, recordClass);
        writer.varint(7, row);
        writer.varint(11, count);
        writer.varint(12, accuracy);
        writer.varint(13, reason);
        writer.string(14, "publisher");
        writer.string(15, detail);
        return own.post(RecordClasses.GAP, Arrays.copyOf(body, writer.length()));
    }
}
