/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ocsf;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.defender.backend.store.InventoryListRow;
import dev.defender.backend.store.InventoryRow;
import dev.defender.protocol.v1.Severity;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes Kubernetes objects as OCSF inventory. */
public final class InventoryJson {
    private InventoryJson() {}

    public static void write(JsonGenerator json, InventoryRow row) throws IOException {
        OcsfClass ocsf = OcsfClass.INVENTORY;
        json.writeStartObject();
        json.writeNumberField("category_uid", ocsf.category());
        json.writeNumberField("class_uid", ocsf.uid());
        json.writeStringField("class_name", ocsf.name());
        json.writeNumberField("activity_id", ocsf.activity());
        json.writeStringField("activity_name", ocsf.activityName());
        json.writeNumberField("type_uid", ocsf.typeUid());
        json.writeNumberField("severity_id", Severity.SEVERITY_INFORMATIONAL_VALUE);
        json.writeStringField("severity", Envelope.caption(Severity.SEVERITY_INFORMATIONAL));
        json.writeNumberField("time", row.lastSeen().toEpochMilli());
        json.writeStringField("time_dt", row.lastSeen().toString());
        Envelope.metadata(json, row.cluster() + "/" + row.uid());
        json.writeArrayFieldStart("resources");
        resource(json, row);
        json.writeEndArray();
        defender(json, row);
        json.writeEndObject();
    }

    private static void resource(JsonGenerator json, InventoryRow row) throws IOException {
        json.writeStartObject();
        json.writeStringField("uid", row.uid());
        json.writeStringField("name", row.name());
        json.writeStringField("type", row.kind());
        json.writeStringField("version", row.apiVersion());
        optional(json, "namespace", row.namespace());
        json.writeFieldName("data");
        json.writeRawValue(row.body());
        json.writeEndObject();
    }

    private static void defender(JsonGenerator json, InventoryRow row) throws IOException {
        json.writeObjectFieldStart("defender");
        json.writeStringField("position", Long.toString(row.position()));
        json.writeStringField("cluster", row.cluster());
        json.writeStringField("resource", row.resource());
        json.writeStringField("resource_version", Long.toString(row.resourceVersion()));
        json.writeStringField("state", row.deletedAt() == null ? "present" : "deleted");
        json.writeStringField("first_seen", row.firstSeen().toString());
        json.writeStringField("last_seen", row.lastSeen().toString());
        optional(json, "deleted_at", text(row.deletedAt()));
        json.writeNumberField("omitted", row.omitted());
        if (row.ownerUid() != null) {
            json.writeObjectFieldStart("owner");
            optional(json, "kind", row.ownerKind());
            optional(json, "name", row.ownerName());
            json.writeStringField("uid", row.ownerUid());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** Writes how a list went. */
    public static void write(JsonGenerator json, InventoryListRow row) throws IOException {
        json.writeStartObject();
        json.writeStringField("cluster", row.cluster());
        json.writeStringField("resource", row.resource());
        json.writeStringField("state", row.state());
        json.writeStringField("reason", row.reason());
        json.writeNumberField("objects", row.objects());
        json.writeStringField("began", row.began().toString());
        optional(json, "ended", text(row.ended()));
        optional(json, "complete_at", text(row.completeAt()));
        json.writeEndObject();
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static void optional(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }
}
