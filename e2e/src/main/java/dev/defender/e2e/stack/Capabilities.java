/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What this process is and may be.
 *
 * @param uid effective user id
 * @param boundingSet bit n = capability number n
 */
public record Capabilities(long uid, long boundingSet) {
    private static final Map<String, Integer> NUMBERS = Map.of("sys_ptrace", 19, "sys_admin", 21, "sys_resource", 24);

    public static Capabilities current() {
        long uid = -1;
        long bounding = 0;
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("Uid:")) {
                    uid = Long.parseLong(line.split("\\s+", -1)[2]);
                } else if (line.startsWith("CapBnd:")) {
                    bounding = Long.parseUnsignedLong(
                            line.substring("CapBnd:".length()).strip(), 16);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read /proc/self/status", e);
        }
        return new Capabilities(uid, bounding);
    }

    public boolean root() {
        return uid == 0;
    }

    /** Those of {@code wanted} that can be had. */
    public Set<String> bounding(Set<String> wanted) {
        return wanted.stream()
                .filter(name -> (boundingSet >>> NUMBERS.getOrDefault(name, 63) & 1) != 0)
                .collect(Collectors.toUnmodifiableSet());
    }
}
