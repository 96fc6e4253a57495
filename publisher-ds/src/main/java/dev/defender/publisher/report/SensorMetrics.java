/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.report;

import dev.defender.publisher.health.MetricsText;
import dev.defender.publisher.health.ProducerHealth;
import dev.defender.publisher.report.HealthMessage.Part;
import java.util.Map;

/** The producers' last Health messages as metrics: the sensor has no port of its own. */
final class SensorMetrics {
    private static final String CONDITION = "defender_producer_condition";
    private static final String CAPABILITY = "defender_producer_capability";
    private static final String COUNTER = "defender_producer_counter";

    private final Map<String, byte[]> messages;

    SensorMetrics(ProducerHealth producers) {
        this.messages = producers.all();
    }

    void append(MetricsText page) {
        page.metric(CONDITION, "gauge", "A producer's condition, 1 while it holds.");
        each(
                HealthMessage.CONDITION,
                (producer, part) -> page.sample(
                        CONDITION, part.number(2), "producer", producer, "type", part.text(1), "reason", part.text(3)));
        page.metric(CAPABILITY, "gauge", "What a producer can observe: 1 if its hook is attached.");
        each(
                HealthMessage.CAPABILITY,
                (producer, part) -> page.sample(
                        CAPABILITY, part.number(3), "producer", producer, "name", part.text(1), "hook", part.text(2)));
        page.metric(COUNTER, "gauge", "What a producer counts.");
        each(
                HealthMessage.COUNTER,
                (producer, part) -> page.sample(COUNTER, part.number(2), "producer", producer, "name", part.text(1)));
    }

    private interface Visitor {
        void visit(String producer, Part part);
    }

    private void each(int field, Visitor visitor) {
        messages.forEach(
                (producer, message) -> HealthMessage.each(message, field, part -> visitor.visit(producer, part)));
    }
}
