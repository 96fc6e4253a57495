/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.defender.backend.store.ProducerStatus;
import dev.defender.protocol.v1.Capability;
import dev.defender.protocol.v1.Condition;
import dev.defender.protocol.v1.Counter;
import dev.defender.protocol.v1.Health;
import java.io.IOException;

/** A producer as last heard of, with its own account of its health. */
final class HealthJson {
    private HealthJson() {}

    static void write(JsonGenerator json, ProducerStatus status) throws IOException {
        json.writeStartObject();
        json.writeStringField("producer", status.producer());
        json.writeStringField("boot_id", status.bootId());
        json.writeStringField("epoch", Long.toString(status.epoch()));
        json.writeStringField("last_received", status.lastReceived().toString());
        if (status.clockSkewNs() != null) {
            json.writeNumberField("clock_skew_ms", status.clockSkewNs() / 1e6);
        }
        json.writeNumberField("lost", status.lost());
        if (status.health() != null && status.healthReceived() != null) {
            json.writeStringField("health_received", status.healthReceived().toString());
            health(json, status.health());
        }
        json.writeEndObject();
    }

    private static void health(JsonGenerator json, byte[] body) throws IOException {
        Health health;
        try {
            health = Health.parseFrom(body);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the store gave a health record that ingest must have refused", e);
        }
        json.writeObjectFieldStart("health");
        json.writeStringField("component", health.getComponent());
        json.writeStringField("version", health.getVersion());
        json.writeStringField("kernel_release", health.getKernelRelease());
        json.writeStringField("architecture", health.getArchitecture());
        json.writeStringField("rule_set", health.getRuleSet());
        json.writeNumberField("rules", Integer.toUnsignedLong(health.getRules()));
        json.writeArrayFieldStart("capabilities");
        for (Capability capability : health.getCapabilitiesList()) {
            json.writeStartObject();
            json.writeStringField("name", capability.getName());
            json.writeStringField("hook", capability.getHook());
            json.writeBooleanField("active", capability.getActive());
            json.writeStringField("reason", capability.getReason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("conditions");
        for (Condition condition : health.getConditionsList()) {
            json.writeStartObject();
            json.writeStringField("type", condition.getType());
            json.writeBooleanField("status", condition.getStatus());
            json.writeStringField("reason", condition.getReason());
            json.writeStringField("message", condition.getMessage());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("counters");
        for (Counter counter : health.getCountersList()) {
            json.writeNumberField(counter.getName(), counter.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
