/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ocsf;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.defender.backend.store.EventRow;
import dev.defender.protocol.v1.Severity;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** What every OCSF event begins with, and our own identity of it. */
final class Envelope {
    private static final String OCSF_VERSION = "1.8.0";

    private Envelope() {}

    static void base(JsonGenerator json, EventRow row, OcsfClass ocsf, Severity severity) throws IOException {
        json.writeNumberField("category_uid", ocsf.category());
        json.writeNumberField("class_uid", ocsf.uid());
        json.writeStringField("class_name", ocsf.name());
        json.writeNumberField("activity_id", ocsf.activity());
        json.writeStringField("activity_name", ocsf.activityName());
        json.writeNumberField("type_uid", ocsf.typeUid());
        json.writeNumberField("severity_id", severity.getNumber());
        json.writeStringField("severity", caption(severity));
        json.writeNumberField("time", row.time().toEpochMilli());
        json.writeStringField("time_dt", row.time().toString());
        metadata(json, row);
        json.writeObjectFieldStart("device");
        json.writeNumberField("type_id", 1);
        json.writeStringField("type", "Server");
        json.writeStringField("hostname", row.node());
        json.writeStringField("uid", row.cluster() + "/" + row.node());
        json.writeStringField("boot_uid", row.bootId());
        json.writeEndObject();
    }

    /** Metadata of what is no event. */
    static void metadata(JsonGenerator json, String uid) throws IOException {
        json.writeObjectFieldStart("metadata");
        json.writeStringField("version", OCSF_VERSION);
        json.writeStringField("uid", uid);
        product(json);
        json.writeEndObject();
    }

    private static void metadata(JsonGenerator json, EventRow row) throws IOException {
        json.writeObjectFieldStart("metadata");
        json.writeStringField("version", OCSF_VERSION);
        json.writeStringField("uid", uid(row));
        json.writeNumberField("sequence", row.sequence());
        json.writeNumberField("logged_time", row.received().toEpochMilli());
        json.writeStringField("logged_time_dt", row.received().toString());
        json.writeArrayFieldStart("profiles");
        json.writeString("host");
        json.writeString("container");
        json.writeString("linux/linux_users");
        json.writeString("datetime");
        json.writeEndArray();
        product(json);
        json.writeEndObject();
    }

    private static void product(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("product");
        json.writeStringField("name", "Defender for Containers, self-hosted");
        json.writeStringField("vendor_name", "defender.dev");
        json.writeEndObject();
    }

    /** Name of the event for ever: what duplicates are known by. */
    static String uid(EventRow row) {
        return row.cluster() + "/" + row.node() + "/" + row.bootId() + "/" + row.producer() + "/" + row.epoch() + "/"
                + row.lane() + "/" + row.sequence();
    }

    /**
     * Opens the object "defender" with the identity. Numbers that can pass 2⁵³ are texts, for readers whose only number
     * is a double.
     */
    static void startDefender(JsonGenerator json, EventRow row) throws IOException {
        json.writeObjectFieldStart("defender");
        json.writeStringField("position", Long.toString(row.position()));
        json.writeStringField("class", RecordNames.recordClass(row.recordClass()));
        json.writeStringField("cluster", row.cluster());
        json.writeStringField("node", row.node());
        json.writeStringField("boot_id", row.bootId());
        json.writeStringField("producer", row.producer());
        json.writeStringField("epoch", Long.toString(row.epoch()));
        json.writeStringField("lane", RecordNames.lane(row.lane()));
        json.writeNumberField("sequence", row.sequence());
        json.writeStringField("time_boot_ns", Long.toUnsignedString(row.timeBootNs()));
        json.writeStringField("received", row.received().toString());
        json.writeNumberField(
                "latency_ms", Duration.between(row.time(), row.received()).toNanos() / 1e6);
    }

    static String caption(Severity severity) {
        String name = severity.name().substring("SEVERITY_".length());
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }
}
