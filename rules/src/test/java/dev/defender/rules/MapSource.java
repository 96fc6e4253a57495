/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

import dev.defender.rules.field.Field;
import dev.defender.rules.field.FieldSource;
import dev.defender.rules.field.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event made of a map, for tests. Values are bytes or numbers, by depth. */
public final class MapSource implements FieldSource {
    private final Map<Field, List<@Nullable Object>> values = new EnumMap<>(Field.class);
    private final Map<String, byte[]> labels = new HashMap<>();

    public MapSource set(Field field, String... byDepth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (String value : byDepth) {
            list.add(value.getBytes(StandardCharsets.UTF_8));
        }
        values.put(field, list);
        return this;
    }

    public MapSource set(Field field, byte... value) {
        values.put(field, new ArrayList<>(List.of(value)));
        return this;
    }

    public MapSource set(Field field, long... byDepth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (long value : byDepth) {
            list.add(value);
        }
        values.put(field, list);
        return this;
    }

    public MapSource label(String key, String value) {
        labels.put(key, value.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public boolean has(Field field) {
        return values.containsKey(field);
    }

    private @Nullable Object value(Field field, int depth) {
        List<@Nullable Object> list = values.get(field);
        return list == null || depth >= list.size() ? null : list.get(depth);
    }

    @Override
    public long number(Field field, int depth) {
        return value(field, depth) instanceof Long number ? number : MISSING;
    }

    @Override
    public boolean text(Field field, int depth, Slice into) {
        if (!(value(field, depth) instanceof byte[] bytes)) {
            return false;
        }
        into.wrap(bytes, 0, bytes.length);
        return true;
    }

    @Override
    public boolean label(String key, Slice into) {
        byte[] value = labels.get(key);
        if (value == null) {
            return false;
        }
        into.wrap(value, 0, value.length);
        return true;
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        values.forEach((field, list) -> {
            out.append(field).append('=');
            for (Object value : list) {
                out.append(value instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1) : value)
                        .append(',');
            }
            out.append(' ');
        });
        return out.toString();
    }
}
