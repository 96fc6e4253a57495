/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.filter;

import java.util.EnumSet;

/** What a filter is over. */
public enum Rows {
    EVENT("events"),
    ALERT("alerts"),
    OBJECT("objects");

    static final EnumSet<Rows> ALL = EnumSet.allOf(Rows.class);

    /** What events have, alerts have too: their trigger is one. */
    static final EnumSet<Rows> EVENTS = EnumSet.of(EVENT, ALERT);

    static final EnumSet<Rows> ALERTS = EnumSet.of(ALERT);
    static final EnumSet<Rows> OBJECTS = EnumSet.of(OBJECT);

    private final String plural;

    Rows(String plural) {
        this.plural = plural;
    }

    /** For messages. */
    String plural() {
        return plural;
    }
}
