/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.report;

import dev.defender.publisher.health.Conditions;
import dev.defender.publisher.health.Conditions.Condition;
import dev.defender.publisher.health.HealthServer.Pages;
import dev.defender.publisher.health.JsonText;
import dev.defender.publisher.health.ProducerHealth;

/**
 * What a probe or the operator reads about this node: the publisher's own conditions and those of the producers that it
 * serves. Any thread.
 */
public final class HealthPage implements Pages {
    private final String node;
    private final Conditions conditions;
    private final ProducerHealth producers;
    private final MetricsPage metrics;

    public HealthPage(String node, Conditions conditions, ProducerHealth producers, MetricsPage metrics) {
        this.node = node;
        this.conditions = conditions;
        this.producers = producers;
        this.metrics = metrics;
    }

    @Override
    public String notReady() {
        return conditions.holds(Conditions.SPOOL_FAILED) ? "the spool cannot be written" : "";
    }

    @Override
    public String health() {
        JsonText json = new JsonText();
        json.beginObject().field("node", node).field("ready", notReady().isEmpty());
        json.beginArray("conditions");
        for (Condition condition : conditions.all()) {
            write(json, condition.type(), condition.status(), condition.reason(), condition.message());
        }
        json.endArray().beginArray("producers");
        producers.all().forEach((producer, message) -> {
            json.beginObject().field("producer", producer).beginArray("conditions");
            HealthMessage.each(
                    message,
                    HealthMessage.CONDITION,
                    part -> write(json, part.text(1), part.number(2) != 0, part.text(3), part.text(4)));
            json.endArray().endObject();
        });
        return json.endArray().endObject() + "\n";
    }

    @Override
    public String metrics() {
        return metrics.render();
    }

    private static void write(JsonText json, String type, boolean status, String reason, String message) {
        json.beginObject()
                .field("type", type)
                .field("status", status)
                .field("reason", reason)
                .field("message", message)
                .endObject();
    }
}
