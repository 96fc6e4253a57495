/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ocsf;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.defender.backend.store.AlertRow;
import dev.defender.backend.store.EventRow;
import dev.defender.protocol.v1.DetectionFinding;
import dev.defender.protocol.v1.Event;
import dev.defender.protocol.v1.Severity;
import dev.defender.protocol.wire.RecordClasses;
import java.io.IOException;

/** Writes stored records. */
public final class EventJson {
    private EventJson() {}

    /** Writes any stored record as one object. */
    public static void write(JsonGenerator json, EventRow row) throws IOException {
        if (row.recordClass() == RecordClasses.DETECTION) {
            finding(json, row, null);
        } else if (row.recordClass() > 0 && row.recordClass() < RecordClasses.DETECTION) {
            event(json, row);
        } else {
            unmapped(json, row);
        }
    }

    /** Writes an alert as one object. */
    public static void write(JsonGenerator json, AlertRow alert) throws IOException {
        finding(json, alert.event(), alert);
    }

    private static void event(JsonGenerator json, EventRow row) throws IOException {
        Event event;
        try {
            event = Event.parseFrom(row.body());
        } catch (InvalidProtocolBufferException e) {
            unmapped(json, row);
            return;
        }
        OcsfClass ocsf = ActivityJson.classOf(row.recordClass(), event);
        ProcessJson processes =
                new ProcessJson(json, row.timeBootNs(), row.time().toEpochMilli());
        json.writeStartObject();
        Envelope.base(json, row, ocsf, Severity.SEVERITY_INFORMATIONAL);
        ActivityJson.objects(json, processes, row.recordClass(), event);
        Envelope.startDefender(json, row);
        ContainerJson.extras(json, event.getContainer());
        ActivityJson.extras(json, event);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void finding(JsonGenerator json, EventRow row, @org.jspecify.annotations.Nullable AlertRow alert)
            throws IOException {
        try {
            new FindingJson(json, row, DetectionFinding.parseFrom(row.body()), alert).write();
        } catch (InvalidProtocolBufferException e) {
            unmapped(json, row);
        }
    }

    /** A record of a later version: its bytes, rather than nothing. */
    private static void unmapped(JsonGenerator json, EventRow row) throws IOException {
        json.writeStartObject();
        Envelope.base(json, row, OcsfClass.BASE, Severity.SEVERITY_UNKNOWN);
        json.writeObjectFieldStart("unmapped");
        json.writeBinaryField("body", row.body());
        json.writeEndObject();
        Envelope.startDefender(json, row);
        json.writeEndObject();
        json.writeEndObject();
    }
}
