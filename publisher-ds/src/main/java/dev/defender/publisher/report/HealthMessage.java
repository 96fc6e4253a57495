/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.report;

import dev.defender.protocol.wire.ProtoReader;
import java.util.function.Consumer;

/** Reads a producer's Health message as it came, without the generated classes. */
final class HealthMessage {
    static final int CAPABILITY = 6;
    static final int CONDITION = 9;
    static final int COUNTER = 10;

    private HealthMessage() {}

    /** Calls {@code visitor} with each nested message that is the given field. */
    static void each(byte[] message, int field, Consumer<Part> visitor) {
        ProtoReader reader = new ProtoReader().wrap(message, 0, message.length);
        while (reader.next()) {
            if (reader.field() == field) {
                visitor.accept(new Part(message, reader.valueOffset(), reader.valueLength()));
            }
        }
    }

    /** A nested message; what it does not have is 0 or empty. */
    record Part(byte[] bytes, int offset, int length) {
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
}
