/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.detect;

import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.ProtoWriter;
import dev.defender.protocol.wire.RecordBuffer;
import dev.defender.rules.Match;
import dev.defender.sensor.encode.Subjects;
import dev.defender.sensor.state.ProcessEntry;
import org.jspecify.annotations.Nullable;

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

    void write(ProtoWriter body, Match match, Trigger trigger) {
        body.fixed64(1, trigger.time());
        body.string(2, match.rule().alertType());
        body.string(3, match.rule().name());
        body.varint(4, match.rule().severity().id());
        body.string(5, cut(match.message()));
        for (String tag : match.rule().tags()) {
            body.string(6, tag);
        }
        RecordBuffer record = trigger.record();
        body.varint(7, trigger.event().type());
        body.bytes(8, record.bytes(), record.bodyOffset(), record.body().length());
        body.fixed64(9, epoch);
        body.varint(10, Lanes.BULK);
        body.varint(11, trigger.sequence());
        body.string(13, match.ruleSetHash());
        body.string(14, cut(match.dedupKey()));
        body.varint(15, trigger.event().ledgerRow());
        ancestors(body, trigger.process().parent());
    }

    private void ancestors(ProtoWriter body, @Nullable ProcessEntry parent) {
        ProcessEntry ancestor = parent;
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
