/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.field;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The event types that a sensor delivers, by the names that rules use ({@code evt.type}). A source that cannot tell two
 * calls apart reports the common one: {@code execve} for {@code execveat}, {@code openat} for {@code open}.
 */
public enum EventType {
    EXECVE,
    EXECVEAT,
    CLONE,
    CLONE3,
    FORK,
    VFORK,
    PROCEXIT,
    OPEN,
    OPENAT,
    OPENAT2,
    CREAT,
    CONNECT,
    ACCEPT,
    ACCEPT4,
    LISTEN;

    private final String falcoName = name().toLowerCase(Locale.ROOT);

    /** As rules write it. */
    public String falcoName() {
        return falcoName;
    }

    /** The type with that name, or null if no sensor delivers it. */
    public static @Nullable EventType byName(String falcoName) {
        for (EventType type : values()) {
            if (type.falcoName.equals(falcoName)) {
                return type;
            }
        }
        return null;
    }
}
