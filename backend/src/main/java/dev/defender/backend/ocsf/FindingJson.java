/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ocsf;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.defender.backend.store.AlertRow;
import dev.defender.backend.store.EventRow;
import dev.defender.protocol.v1.Container;
import dev.defender.protocol.v1.ContextState;
import dev.defender.protocol.v1.DetectionFinding;
import dev.defender.protocol.v1.Event;
import dev.defender.protocol.v1.Process;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** OCSF Detection Finding, with its trigger as evidence and the trigger's process and container on top. */
final class FindingJson {
    private static final int ANALYTIC_RULE = 1;

    private final JsonGenerator json;
    private final EventRow row;
    private final DetectionFinding finding;
    private final @Nullable AlertRow alert;
    private final ProcessJson processes;
    private final Container container;

    FindingJson(JsonGenerator json, EventRow row, DetectionFinding finding, @Nullable AlertRow alert) {
        this.json = json;
        this.row = row;
        this.finding = finding;
        this.alert = alert;
        container = known(finding, alert);
        processes = new ProcessJson(json, row.timeBootNs(), row.time().toEpochMilli());
    }

    void write() throws IOException {
        json.writeStartObject();
        Envelope.base(json, row, OcsfClass.FINDING, finding.getSeverity());
        json.writeBooleanField("is_alert", true);
        json.writeStringField("message", finding.getMessage());
        json.writeStringField("status", alert == null ? "new" : alert.status());
        info();
        evidence();
        trigger();
        defender();
        json.writeEndObject();
    }

    private void info() throws IOException {
        json.writeObjectFieldStart("finding_info");
        json.writeStringField("uid", alert == null ? Envelope.uid(row) : alert.alertUid());
        json.writeStringField("title", finding.getRule());
        json.writeStringField("desc", finding.getMessage());
        json.writeNumberField("created_time", row.received().toEpochMilli());
        json.writeArrayFieldStart("types");
        json.writeString(finding.getAlertType());
        json.writeEndArray();
        json.writeObjectFieldStart("analytic");
        json.writeNumberField("type_id", ANALYTIC_RULE);
        json.writeStringField("name", finding.getRule());
        json.writeStringField("version", finding.getRuleSet());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void evidence() throws IOException {
        json.writeArrayFieldStart("evidences");
        json.writeStartObject();
        if (finding.hasTrigger()) {
            ActivityJson.objects(json, processes, finding.getTriggerClassValue(), finding.getTrigger());
        }
        json.writeEndObject();
        json.writeEndArray();
    }

    private void trigger() throws IOException {
        if (!finding.hasTrigger()) {
            return;
        }
        Event trigger = finding.getTrigger();
        processes.field("process", trigger.getProcess());
        if (trigger.hasContainer()) {
            ContainerJson.container(json, container);
        }
    }

    /** The trigger's container as it is known by now. */
    private static Container known(DetectionFinding finding, @Nullable AlertRow alert) {
        byte[] late = alert == null ? null : alert.lateContainer();
        Container own = finding.getTrigger().getContainer();
        if (late == null) {
            return own;
        }
        try {
            return Container.parseFrom(late).toBuilder()
                    .setContext(ContextState.CONTEXT_STATE_LATE)
                    .build();
        } catch (InvalidProtocolBufferException unreadable) {
            return own;
        }
    }

    private void defender() throws IOException {
        Envelope.startDefender(json, row);
        if (alert != null) {
            json.writeStringField("alert_uid", alert.alertUid());
            json.writeNumberField("version", alert.version());
        }
        ContainerJson.extras(json, container);
        json.writeStringField("alert_type", finding.getAlertType());
        json.writeStringField("rule", finding.getRule());
        json.writeStringField("rule_set", finding.getRuleSet());
        json.writeStringField("dedup_key", finding.getDedupKey());
        json.writeNumberField("ledger_row", Integer.toUnsignedLong(finding.getLedgerRow()));
        json.writeArrayFieldStart("tags");
        for (String tag : finding.getTagsList()) {
            json.writeString(tag);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("ancestors");
        for (Process ancestor : finding.getAncestorsList()) {
            processes.object(ancestor);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("trigger");
        json.writeStringField("class", RecordNames.recordClass(finding.getTriggerClassValue()));
        json.writeStringField("epoch", Long.toUnsignedString(finding.getTriggerEpoch()));
        json.writeStringField("lane", RecordNames.lane(finding.getTriggerLaneValue()));
        json.writeNumberField("sequence", finding.getTriggerSequence());
        ActivityJson.extras(json, finding.getTrigger());
        json.writeEndObject();
        json.writeEndObject();
    }
}
