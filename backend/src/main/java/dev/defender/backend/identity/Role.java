/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import java.util.Locale;

/** What an API token may do; each role may do what those before it may. */
public enum Role {
    /** Reads. */
    VIEWER,
    /** Also changes the state of alerts. */
    ANALYST,
    /** Also changes who may speak. */
    ADMIN;

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** Lower case, as in files and JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Role of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
