/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.keep;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A member that is kept, whole or by its own members. Not changed once it is read. */
public final class Keep {
    /** Everything, as it stands. */
    public static final Keep ALL = new Keep(true, Integer.MAX_VALUE);

    private final boolean all;
    private final int maxBytes;
    private final List<byte[]> names = new ArrayList<>();
    private final List<Keep> children = new ArrayList<>();

    private Keep(boolean all, int maxBytes) {
        this.all = all;
        this.maxBytes = maxBytes;
    }

    static Keep members() {
        return new Keep(false, Integer.MAX_VALUE);
    }

    static Keep whole(int maxBytes) {
        return maxBytes == Integer.MAX_VALUE ? ALL : new Keep(true, maxBytes);
    }

    void add(String name, Keep child) {
        names.add(name.getBytes(StandardCharsets.UTF_8));
        children.add(child);
    }

    void addAll(Keep other) {
        names.addAll(other.names);
        children.addAll(other.children);
    }

    /** Whether the value is kept as it stands. */
    public boolean all() {
        return all;
    }

    /** Most bytes of JSON that are kept of the value. */
    public int maxBytes() {
        return maxBytes;
    }

    /** What is kept of the member of that name; null for nothing. */
    public @Nullable Keep child(byte[] name, int length) {
        if (all) {
            return ALL;
        }
        for (int i = 0; i < names.size(); i++) {
            byte[] candidate = names.get(i);
            if (candidate.length == length
                    && candidate[0] == name[0]
                    && Arrays.equals(candidate, 0, length, name, 0, length)) {
                return children.get(i);
            }
        }
        return null;
    }
}
