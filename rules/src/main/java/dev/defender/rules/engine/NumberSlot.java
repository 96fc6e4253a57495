/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import dev.defender.rules.catalogue.NumberReader;
import dev.defender.rules.field.FieldSource;

/** The number of one field for the event at hand, read when the first predicate asks. */
final class NumberSlot {
    private final NumberReader reader;
    private long readFor;
    private long value = FieldSource.MISSING;

    NumberSlot(NumberReader reader) {
        this.reader = reader;
    }

    /** The value, or {@link FieldSource#MISSING}. */
    long value(Evaluation event) {
        if (readFor != event.number()) {
            readFor = event.number();
            value = reader.read(event);
        }
        return value;
    }
}
