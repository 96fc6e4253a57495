/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.detect;

import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.ProtoWriter;
import dev.defender.rules.Match;
import dev.defender.sensor.decode.RawEvent;
import dev.defender.sensor.encode.Subjects;
import dev.defender.sensor.outbox.RecordBuffer;
import dev.defender.sensor.state.ProcessEntry;

/** Writes a {@code defender.v1.DetectionFinding}. It embeds its trigger and the trigger's ancestors. */
final class Finding {
    private static final int MOST_ANCESTORS = 16;

    /** Room that one more ancestor may need; the finding does without it when there is less left. */
    private static final int ANCESTOR_BYTES = 20 * 1024;

    private static final int MOST_RECORD_BYTES = 60 * 1024;
    private static final int MOST_MESSAGE_CHARS = 4 * 1024;

    private final Subjects subjects;
    private final long epoch;

    Finding(Subjects subjects, long epoch) {
        this.subjects = subjects;
        this.epoch = epoch;
    }

    /**
     * @param trigger the encoded event
     * @param sequence its number; 0 if it was dropped
     */
    void write(
            ProtoWriter body, Match match, RawEvent event, ProcessEntry subject, RecordBuffer trigger, long sequence) {
        body.fixed64(1, event.timeBootNs());
        body.string(2, match.rule().alertType());
        body.string(3, match.rule().name());
        body.varint(4, match.rule().severity().id());
        body.string(5, cut(match.message()));
        for (String tag : match.rule().tags()) {
            body.string(6, tag);
        }
        body.varint(7, event.type());
        body.bytes(8, trigger.bytes(), trigger.bodyOffset(), trigger.body().length());
        body.fixed64(9, epoch);
        body.varint(10, Lanes.BULK);
        body.varint(11, sequence);
        body.string(13, match.ruleSetHash());
        body.string(14, cut(match.dedupKey()));
        body.varint(15, event.ledgerRow());
        ProcessEntry ancestor = subject.parent();
        for (int i = 0; ancestor != null && i < MOST_ANCESTORS; i++) {
            if (body.length() + ANCESTOR_BYTES > MOST_RECORD_BYTES) {
                return;
            }
            subjects.alone(body, 12, ancestor);
            ancestor = ancestor.parent();
        }
    }

    private static String cut(String text) {
        return text.length() <= MOST_MESSAGE_CHARS ? text : text.substring(0, MOST_MESSAGE_CHARS);
    }
}
