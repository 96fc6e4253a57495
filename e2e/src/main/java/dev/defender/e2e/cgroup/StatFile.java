/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A kernel file of "key number" lines. A key that this kernel does not have reads as 0. */
record StatFile(Map<String, Long> values) {
    static StatFile read(Path file) throws IOException {
        Map<String, Long> values = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            int blank = line.indexOf(' ');
            if (blank > 0) {
                values.put(line.substring(0, blank), Long.parseLong(line.substring(blank + 1)));
            }
        }
        return new StatFile(values);
    }

    static long number(Path file) throws IOException {
        return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
    }

    long get(String key) {
        return values.getOrDefault(key, 0L);
    }
}
