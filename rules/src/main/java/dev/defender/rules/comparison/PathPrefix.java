/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import dev.defender.rules.field.Slice;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code pmatch}: a value's components are the first components of the text ({@code /etc} matches {@code /etc/x} and not
 * {@code /etcx}); each component of a value may be a shell pattern.
 */
final class PathPrefix implements TextTest {
    private final Glob[][] values;

    PathPrefix(List<byte[]> paths) {
        values = paths.stream().map(PathPrefix::components).toArray(Glob[][]::new);
    }

    private static Glob[] components(byte[] path) {
        List<Glob> components = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= path.length; i++) {
            if (i == path.length || path[i] == '/') {
                if (i > start) {
                    byte[] component = new byte[i - start];
                    System.arraycopy(path, start, component, 0, component.length);
                    components.add(new Glob(component, false));
                }
                start = i + 1;
            }
        }
        return components.toArray(Glob[]::new);
    }

    @Override
    public boolean test(TextValue value) {
        for (Glob[] components : values) {
            if (matches(components, value.slice())) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(Glob[] components, Slice path) {
        byte[] bytes = path.bytes();
        int end = path.offset() + path.length();
        int at = path.offset();
        for (Glob component : components) {
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
        return 10 * Math.max(1, values.length);
    }
}
