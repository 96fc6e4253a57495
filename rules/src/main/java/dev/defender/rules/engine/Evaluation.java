/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import dev.defender.rules.catalogue.Occurrence;
import dev.defender.rules.comparison.TextValue;
import dev.defender.rules.field.EventType;
import dev.defender.rules.field.Field;
import dev.defender.rules.field.FieldSource;
import dev.defender.rules.field.Slice;

/** State of testing events against one rule set: the event at hand and the values read of it so far. One thread. */
public final class Evaluation implements Occurrence {
    private static final FieldSource NOTHING = new Nothing();

    private final TextSlot[] texts;
    private final NumberSlot[] numbers;
    private final long[] memos;
    private final TextValue ancestor = new TextValue();
    private final Slice scratch = new Slice();
    private final Slice measured = new Slice();
    private long[] candidates = {};
    private FieldSource source = NOTHING;
    private EventType type = EventType.EXECVE;
    private long number;

    Evaluation(SlotLayout layout) {
        texts = layout.texts().stream().map(TextSlot::new).toArray(TextSlot[]::new);
        numbers = layout.numbers().stream().map(NumberSlot::new).toArray(NumberSlot[]::new);
        memos = new long[layout.memos()];
    }

    /** Turns to the next event; what was read of the last one is forgotten. */
    public void begin(EventType type, FieldSource source) {
        this.type = type;
        this.source = source;
        number++;
    }

    TextSlot text(int slot) {
        return texts[slot];
    }

    NumberSlot number(int slot) {
        return numbers[slot];
    }

    /** The predicate's answer for this event, asked for at most once per event. */
    boolean remembered(int memo, Predicate predicate) {
        long known = memos[memo];
        if (known >> 1 == number) {
            return (known & 1) != 0;
        }
        boolean answer = predicate.test(this);
        memos[memo] = number << 1 | (answer ? 1 : 0);
        return answer;
    }

    /** A copy of {@code those}, to be added to; may be longer. One array for all events. */
    long[] candidates(long[] those) {
        if (candidates.length < those.length) {
            candidates = new long[those.length];
        }
        System.arraycopy(those, 0, candidates, 0, those.length);
        return candidates;
    }

    /** For walking up the ancestors. */
    TextValue ancestor() {
        return ancestor;
    }

    @Override
    public FieldSource source() {
        return source;
    }

    @Override
    public EventType type() {
        return type;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public Slice scratch() {
        return scratch;
    }

    @Override
    public Slice measured() {
        return measured;
    }

    private static final class Nothing implements FieldSource {
        @Override
        public long number(Field field, int depth) {
            return MISSING;
        }

        @Override
        public boolean text(Field field, int depth, Slice into) {
            return false;
        }
    }
}
