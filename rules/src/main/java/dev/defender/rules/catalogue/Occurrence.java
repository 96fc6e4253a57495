/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.catalogue;

import dev.defender.rules.field.EventType;
import dev.defender.rules.field.FieldSource;
import dev.defender.rules.field.Slice;

/** The event at hand, as field readers see it. Reused; one thread. */
public interface Occurrence {
    FieldSource source();

    EventType type();

    /** How many events the matcher has seen, this one included. */
    long number();

    /** For a reader that joins two values: where to read the second one. */
    Slice scratch();

    /** For a reader that wants something of a text and not the text: where to read it. */
    Slice measured();
}
