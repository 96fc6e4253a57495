/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.report;

import dev.defender.protocol.wire.ProtoReader;
import dev.defender.publisher.health.MetricsText;
import dev.defender.publisher.health.ProducerHealth;
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
                9,
                (producer, part) -> page.sample(
                        CONDITION, part.number(2), "producer", producer, "type", part.text(1), "reason", part.text(3)));
        page.metric(CAPABILITY, "gauge", "What a producer can observe: 1 if its hook is attached.");
        each(
                6,
                (producer, part) -> page.sample(
                        CAPABILITY, part.number(3), "producer", producer, "name", part.text(1), "hook", part.text(2)));
        page.metric(COUNTER, "gauge", "What a producer counts.");
        each(10, (producer, part) -> page.sample(COUNTER, part.number(2), "producer", producer, "name", part.text(1)));
    }

    private interface Visitor {
        void visit(String producer, Part part);
    }

    /** A nested message of the Health message. */
    private record Part(byte[] bytes, int offset, int length) {
        long number(int field) {
            ProtoReader reader = new ProtoReader().wrap(bytes, offset, length);
            long value = 0;
            while (reader.next()) {
                value = reader.field() == field ? reader.number() : value;
            }
            return value;
        }

        String text(int field) {
            ProtoReader reader = new ProtoReader().wrap(bytes, offset, length);
            String value = "";
            while (reader.next()) {
                value = reader.field() == field ? reader.string() : value;
            }
            return value;
        }
    }

    private void each(int field, Visitor visitor) {
        messages.forEach((producer, message) -> {
            ProtoReader reader = new ProtoReader().wrap(message, 0, message.length);
            while (reader.next()) {
                if (reader.field() == field) {
                    visitor.visit(producer, new Part(message, reader.valueOffset(), reader.valueLength()));
                }
            }
        });
    }
}
