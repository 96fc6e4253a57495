/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.report;

import dev.defender.protocol.clock.NodeClock;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.ProtoWriter;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.publisher.health.Conditions;
import dev.defender.publisher.health.Conditions.Condition;
import dev.defender.publisher.intake.OwnRecords;
import dev.defender.publisher.stream.StreamId;
import java.util.Arrays;

/** The publisher's own Health and Cut records. Any thread. */
public final class OwnHealth {
    private static final int MAX_BYTES = 16 * 1024;
    private static final int MAX_MESSAGE_CHARS = 500;

    private final OwnRecords own;
    private final Conditions conditions;
    private final NodeClock clock;
    private final String version;

    public OwnHealth(OwnRecords own, Conditions conditions, NodeClock clock, String version) {
        this.own = own;
        this.conditions = conditions;
        this.clock = clock;
        this.version = version;
    }

    /** Sends the state as it is now. */
    public void post() {
        byte[] body = new byte[MAX_BYTES];
        ProtoWriter writer = new ProtoWriter().wrap(body, 0, body.length);
        writer.string(1, "publisher");
        writer.string(2, version);
        writer.fixed64(3, clock.boottimeNanos());
        writer.string(4, System.getProperty("os.version", ""));
        writer.string(5, System.getProperty("os.arch", ""));
        for (Condition condition : conditions.all()) {
            int mark = writer.begin(9);
            writer.string(1, condition.type());
            writer.bool(2, condition.status());
            writer.string(3, condition.reason());
            writer.string(4, clip(condition.message()));
            writer.end(mark);
        }
        own.post(RecordClasses.HEALTH, Arrays.copyOf(body, writer.length()));
    }

    /**
     * Says how far a stream of the publisher's own has come, or that it is over; it has no rows, only a last sequence.
     *
     * @param lastUrgent at least so far
     */
    public OwnRecords.Pending postCut(StreamId stream, long lastUrgent, boolean isOver) {
        byte[] body = new byte[1024];
        ProtoWriter writer = new ProtoWriter().wrap(body, 0, body.length);
        writer.string(1, stream.producer());
        writer.string(2, stream.bootId());
        writer.fixed64(3, stream.epoch());
        writer.fixed64(4, clock.boottimeNanos());
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            writer.element(5, lane == Lanes.URGENT ? lastUrgent : 0);
        }
        writer.bool(7, isOver);
        return own.post(RecordClasses.CUT, Arrays.copyOf(body, writer.length()));
    }

    private static String clip(String text) {
        return text.length() > MAX_MESSAGE_CHARS ? text.substring(0, MAX_MESSAGE_CHARS) : text;
    }
}
