/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.detect;

import dev.defender.protocol.wire.RecordClasses;
import dev.defender.rules.Match;
import dev.defender.rules.MatchHandler;
import dev.defender.rules.field.EventType;
import dev.defender.rules.field.FieldSource;
import dev.defender.sensor.decode.RawEvent;
import dev.defender.sensor.encode.ImageEncoder;
import dev.defender.sensor.encode.Subjects;
import dev.defender.sensor.enrich.Container;
import dev.defender.sensor.enrich.UserNames;
import dev.defender.sensor.ledger.Cells;
import dev.defender.sensor.outbox.Outbox;
import dev.defender.sensor.outbox.RecordBuffer;
import dev.defender.sensor.state.ProcessEntry;
import org.jspecify.annotations.Nullable;

/** Evaluates the rules on each event; a match goes to the urgent lane at once. */
public final class Detector {
    /** The rule engine's way in. */
    @FunctionalInterface
    public interface Rules {
        void match(EventType type, FieldSource source, MatchHandler handler);
    }

    private final Rules rules;
    private final Outbox outbox;
    private final EventFields fields;
    private final Finding finding;
    private final RecordBuffer record = new RecordBuffer();
    private final MatchHandler onMatch = this::matched;
    private @Nullable RawEvent event;
    private @Nullable ProcessEntry subject;
    private @Nullable RecordBuffer trigger;
    private long sequence;
    private long findings;

    public Detector(Rules rules, Outbox outbox, ImageEncoder images, Subjects subjects, UserNames users) {
        this.rules = rules;
        this.outbox = outbox;
        this.fields = new EventFields(new ProcessFields(images, users));
        this.finding = new Finding(subjects, outbox.ledger().epoch());
    }

    /**
     * @param encoded the event as it was sent; it must stay unchanged during the call
     * @param eventSequence its number; 0 if it was dropped
     */
    public void detect(
            RawEvent raw, ProcessEntry process, Container container, RecordBuffer encoded, long eventSequence) {
        EventType type = EventTypes.of(raw.type());
        if (type == null) {
            return;
        }
        event = raw;
        subject = process;
        trigger = encoded;
        sequence = eventSequence;
        fields.set(raw, process, container);
        rules.match(type, fields, onMatch);
    }

    /** Matches since the start. */
    public long findings() {
        return findings;
    }

    private void matched(Match match) {
        RawEvent raw = event;
        ProcessEntry process = subject;
        RecordBuffer encoded = trigger;
        if (raw == null || process == null || encoded == null) {
            throw new IllegalStateException("a match without an event");
        }
        findings++;
        outbox.ledger().captured(Cells.cell(RecordClasses.DETECTION, raw.ledgerRow()));
        fields.masked(true);
        finding.write(record.begin(), match, raw, process, encoded, sequence);
        fields.masked(false);
        outbox.event(RecordClasses.DETECTION, raw.ledgerRow(), record);
        outbox.flush();
    }
}
