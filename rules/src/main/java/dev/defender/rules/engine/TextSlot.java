/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import dev.defender.rules.catalogue.TextReader;
import dev.defender.rules.comparison.TextValue;

/** The text of one field for the event at hand, read when the first predicate asks. */
final class TextSlot {
    private final TextReader reader;
    private final TextValue value = new TextValue();
    private long readFor;
    private boolean present;

    TextSlot(TextReader reader) {
        this.reader = reader;
    }

    /** Whether the value is there; reads it if this event's has not been read. */
    boolean present(Evaluation event) {
        if (readFor != event.number()) {
            readFor = event.number();
            value.changed();
            present = reader.read(event, value.slice());
        }
        return present;
    }

    /** Only after {@link #present} answered true. */
    TextValue value() {
        return value;
    }
}
