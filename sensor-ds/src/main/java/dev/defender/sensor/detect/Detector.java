/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.detect;

import dev.defender.protocol.wire.RecordBuffer;
import dev.defender.rules.Match;
import dev.defender.rules.MatchHandler;
import dev.defender.rules.field.EventType;
import dev.defender.rules.field.FieldSource;
import dev.defender.sensor.encode.Subjects;

/** Evaluates the rules on each event; a match goes to the urgent lane at once. */
public final class Detector {
    /** The rule engine's way in. */
    @FunctionalInterface
    public interface Rules {
        void match(EventType type, FieldSource source, MatchHandler handler);
    }

    private final Rules rules;
    private final FindingSink sink;
    private final Trigger trigger;
    private final ProcessFields processes;
    private final EventFields fields;
    private final Finding finding;
    private final RecordBuffer record = new RecordBuffer();
    private final MatchHandler onMatch = this::matched;
    private long findings;

    /**
     * @param epoch of the stream that the triggers are in
     * @param trigger where the caller puts each event before it asks
     */
    public Detector(
            Rules rules, FindingSink sink, long epoch, Trigger trigger, ProcessFields processes, Subjects subjects) {
        this.rules = rules;
        this.sink = sink;
        this.trigger = trigger;
        this.processes = processes;
        this.fields = new EventFields(processes, trigger);
        this.finding = new Finding(subjects, epoch);
    }

    /** Asks the rules about the trigger. */
    public void detect() {
        EventType type = EventTypes.of(trigger.event().type());
        if (type != null) {
            processes.begin(trigger.process());
            fields.begin();
            rules.match(type, fields, onMatch);
        }
    }

    /** Matches since the start. */
    public long findings() {
        return findings;
    }

    private void matched(Match match) {
        findings++;
        fields.masked(true);
        finding.write(record.begin(), match, trigger);
        fields.masked(false);
        sink.finding(trigger.event().ledgerRow(), record);
    }
}
