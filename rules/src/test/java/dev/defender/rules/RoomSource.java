/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

import dev.defender.rules.field.Field;
import dev.defender.rules.field.FieldSource;
import dev.defender.rules.field.Slice;

/** The same event from a source that must copy, as one does that keeps its bytes outside the heap. */
record RoomSource(FieldSource inner) implements FieldSource {
    @Override
    public long number(Field field, int depth) {
        return inner.number(field, depth);
    }

    @Override
    public boolean text(Field field, int depth, Slice into) {
        Slice lent = new Slice();
        return inner.text(field, depth, lent) && copied(lent, into);
    }

    @Override
    public boolean label(String key, Slice into) {
        Slice lent = new Slice();
        return inner.label(key, lent) && copied(lent, into);
    }

    private static boolean copied(Slice lent, Slice into) {
        System.arraycopy(lent.bytes(), lent.offset(), into.room(lent.length()), 0, lent.length());
        return true;
    }
}
