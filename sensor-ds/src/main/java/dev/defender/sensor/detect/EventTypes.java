/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.detect;

import dev.defender.rules.field.EventType;
import org.jspecify.annotations.Nullable;

/** Event types by the names that rules use: of calls that the kernel side does not tell apart, the common one. */
final class EventTypes {
    private EventTypes() {}

    /** Null for what no rule speaks of. */
    static @Nullable EventType of(int rawType) {
        return switch (rawType) {
            case dev.defender.sensor.decode.EventType.EXEC -> EventType.EXECVE;
            case dev.defender.sensor.decode.EventType.FORK -> EventType.CLONE;
            case dev.defender.sensor.decode.EventType.EXIT -> EventType.PROCEXIT;
            case dev.defender.sensor.decode.EventType.CONNECT -> EventType.CONNECT;
            case dev.defender.sensor.decode.EventType.ACCEPT -> EventType.ACCEPT4;
            case dev.defender.sensor.decode.EventType.LISTEN -> EventType.LISTEN;
            case dev.defender.sensor.decode.EventType.OPEN -> EventType.OPENAT;
            default -> null;
        };
    }
}
