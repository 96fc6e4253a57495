/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import dev.defender.rules.comparison.TextValue;

/** The text of one field for the event at hand, read and searched when the first predicate asks. */
final class TextSlot {
    private final SlotLayout.Text layout;
    private final TextValue value = new TextValue();
    private final long[] exact;
    private final long[] folded;
    private long readFor;
    private long searchedFor;
    private long searchedFoldedFor;
    private boolean present;

    TextSlot(SlotLayout.Text layout) {
        this.layout = layout;
        this.exact = new long[layout.exact().words()];
        this.folded = new long[layout.folded().words()];
    }

    /** Whether the value is there; reads it if this event's has not been read. */
    boolean present(Evaluation event) {
        if (readFor != event.number()) {
            readFor = event.number();
            value.changed();
            present = layout.reader().read(event, value.slice());
        }
        return present;
    }

    /** Only after {@link #present} answered true. */
    TextValue value() {
        return value;
    }

    /** Bit n is set if text n of the {@code contains} checks occurs. Only after {@link #present} answered true. */
    long[] found(boolean fold) {
        if (fold) {
            if (searchedFoldedFor != readFor) {
                searchedFoldedFor = readFor;
                layout.folded().scan(value.slice(), folded);
            }
            return folded;
        }
        if (searchedFor != readFor) {
            searchedFor = readFor;
            layout.exact().scan(value.slice(), exact);
        }
        return exact;
    }
}
