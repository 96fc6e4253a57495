/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import dev.defender.rules.comparison.Literals.Place;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From a text to the marks of all {@link Literals} that are found in it. Immutable; allocates nothing. */
public final class LiteralLookup {
    private final @Nullable MaskTable whole;
    private final @Nullable AffixTree start;
    private final @Nullable AffixTree end;
    private final @Nullable NeedleScan inside;

    private LiteralLookup(Builder builder) {
        whole = builder.has(Place.WHOLE) ? new MaskTable(builder.keys(Place.WHOLE), builder.marks(Place.WHOLE)) : null;
        start = builder.has(Place.START)
                ? new AffixTree(builder.keys(Place.START), builder.marks(Place.START), false)
                : null;
        end = builder.has(Place.END) ? new AffixTree(builder.keys(Place.END), builder.marks(Place.END), true) : null;
        inside = builder.has(Place.INSIDE)
                ? new AutomatonBuilder(builder.keys(Place.INSIDE), builder.marks(Place.INSIDE), builder.words, true)
                        .build()
                : null;
    }

    /** Adds the marks of what is found in the value. */
    public void collect(TextValue value, long[] into) {
        if (whole != null) {
            whole.collect(value, into);
        }
        if (start != null) {
            start.collect(value, into);
        }
        if (end != null) {
            end.collect(value, into);
        }
        if (inside != null) {
            inside.collect(value.slice(), into);
        }
    }

    /** Collects the literals of one field. */
    public static final class Builder {
        private final int words;
        private final Map<Place, Map<String, long[]>> marks = new EnumMap<>(Place.class);

        /** @param words length of a set of marks in longs */
        public Builder(int words) {
            this.words = words;
        }

        /** Marks bit {@code number} where one of the literals is found. */
        public void add(Literals literals, int number) {
            boolean fold = literals.place() == Place.INSIDE;
            Map<String, long[]> ofPlace = marks.computeIfAbsent(literals.place(), absent -> new LinkedHashMap<>());
            for (byte[] text : literals.texts()) {
                String key = TextTests.text(fold ? Ascii.lower(text) : text);
                ofPlace.computeIfAbsent(key, absent -> new long[words])[number >> 6] |= 1L << number;
            }
        }

        public LiteralLookup build() {
            return new LiteralLookup(this);
        }

        private boolean has(Place place) {
            return marks.containsKey(place);
        }

        private List<byte[]> keys(Place place) {
            List<byte[]> keys = new ArrayList<>();
            ofPlace(place).keySet().forEach(key -> keys.add(TextTests.bytesOf(key)));
            return keys;
        }

        private List<long[]> marks(Place place) {
            return List.copyOf(ofPlace(place).values());
        }

        private Map<String, long[]> ofPlace(Place place) {
            return marks.getOrDefault(place, Map.of());
        }
    }
}
