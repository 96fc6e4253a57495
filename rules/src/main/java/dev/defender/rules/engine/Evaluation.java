/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import dev.defender.rules.catalogue.NumberReader;
import dev.defender.rules.catalogue.Occurrence;
import dev.defender.rules.catalogue.TextReader;
import dev.defender.rules.comparison.TextValue;
import dev.defender.rules.field.EventType;
import dev.defender.rules.field.Field;
import dev.defender.rules.field.FieldSource;
import dev.defender.rules.field.Slice;
import java.util.List;

/** State of testing events against one rule set: the event at hand and the values read of it so far. One thread. */
public final class Evaluation implements Occurrence {
    private static final FieldSource NOTHING = new Nothing();

    private final TextSlot[] texts;
    private final NumberSlot[] numbers;
    private final TextValue ancestor = new TextValue();
    private final Slice scratch = new Slice();
    private final Slice measured = new Slice();
    private FieldSource source = NOTHING;
    private EventType type = EventType.EXECVE;
    private long number;

    Evaluation(List<TextReader> textReaders, List<NumberReader> numberReaders) {
        texts = textReaders.stream().map(TextSlot::new).toArray(TextSlot[]::new);
        numbers = numberReaders.stream().map(NumberSlot::new).toArray(NumberSlot[]::new);
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
