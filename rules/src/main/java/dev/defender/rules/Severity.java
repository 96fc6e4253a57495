/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** OCSF 1.8.0 severity. */
public enum Severity {
    INFORMATIONAL(1),
    LOW(2),
    MEDIUM(3),
    HIGH(4),
    CRITICAL(5);

    private final int id;

    Severity(int id) {
        this.id = id;
    }

    /** OCSF {@code severity_id}. */
    public int id() {
        return id;
    }

    /** The severity of that name in any case, or null. */
    public static @Nullable Severity byName(String name) {
        for (Severity severity : values()) {
            if (severity.name().equals(name.toUpperCase(Locale.ROOT))) {
                return severity;
            }
        }
        return null;
    }
}
