/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import dev.defender.rules.field.Slice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code pmatch}: a value's components are the first components of the text ({@code /etc} matches {@code /etc/x} and not
 * {@code /etcx}); each component of a value may be a shell pattern.
 */
final class PathPrefix extends TextTest {
    private final Component[][] values;

    /** One step of a path: bytes to be equal to, or a pattern. */
    private record Component(byte[] text, @Nullable Glob pattern) {
        static Component of(byte[] text) {
            for (byte b : text) {
                if (b == '*' || b == '?' || b == '[' || b == '\\') {
                    return new Component(text, new Glob(text, false));
                }
            }
            return new Component(text, null);
        }

        boolean matches(byte[] bytes, int start, int end) {
            return pattern != null
                    ? pattern.matches(bytes, start, end)
                    : end - start == text.length && EqualTo.hasBytesAt(text, bytes, start);
        }
    }

    PathPrefix(List<byte[]> paths) {
        values = paths.stream().map(PathPrefix::components).toArray(Component[][]::new);
    }

    private static Component[] components(byte[] path) {
        List<Component> components = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= path.length; i++) {
            if (i == path.length || path[i] == '/') {
                if (i > start) {
                    byte[] component = new byte[i - start];
                    System.arraycopy(path, start, component, 0, component.length);
                    components.add(Component.of(component));
                }
                start = i + 1;
            }
        }
        return components.toArray(Component[]::new);
    }

    @Override
    public boolean test(TextValue value) {
        for (Component[] components : values) {
            if (matches(components, value.slice())) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(Component[] components, Slice path) {
        byte[] bytes = path.bytes();
        int end = path.offset() + path.length();
        int at = path.offset();
        for (Component component : components) {
            while (at < end && bytes[at] == '/') {
                at++;
            }
            int start = at;
            while (at < end && bytes[at] != '/') {
                at++;
            }
            if (start == at || !component.matches(bytes, start, at)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int cost() {
        return 5 * Math.max(1, values.length);
    }
}
