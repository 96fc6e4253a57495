/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Falco's priorities, most urgent first, each with the OCSF severity that it stands for by default. */
public enum Priority {
    EMERGENCY(Severity.CRITICAL),
    ALERT(Severity.CRITICAL),
    CRITICAL(Severity.HIGH),
    ERROR(Severity.HIGH),
    WARNING(Severity.MEDIUM),
    NOTICE(Severity.LOW),
    INFORMATIONAL(Severity.INFORMATIONAL),
    DEBUG(Severity.INFORMATIONAL);

    private final Severity severity;

    Priority(Severity severity) {
        this.severity = severity;
    }

    /** The severity of a rule that names none itself. */
    public Severity severity() {
        return severity;
    }

    /** The priority of that name in any case ({@code INFO} is INFORMATIONAL), or null. */
    public static @Nullable Priority byName(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.equals("INFO")) {
            return INFORMATIONAL;
        }
        for (Priority priority : values()) {
            if (priority.name().equals(upper)) {
                return priority;
            }
        }
        return null;
    }
}
