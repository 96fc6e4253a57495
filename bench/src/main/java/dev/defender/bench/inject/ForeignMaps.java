/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.inject;

import bpf4j.BpfMap;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Finds the maps that another process holds open, by what the kernel tells of its file descriptors. */
final class ForeignMaps {
    private final Path descriptors;

    ForeignMaps(long pid) {
        descriptors = Path.of("/proc", Long.toString(pid), "fdinfo");
    }

    /**
     * Opens the one map of that shape.
     *
     * @param valueSize bytes of a value; 0 of a ring buffer
     * @param maxEntries 0 = any
     * @throws IOException if the process holds no such map
     */
    BpfMap open(int type, int valueSize, int maxEntries) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(descriptors)) {
            for (Path file : files) {
                Map<String, Integer> facts = facts(file);
                if (facts.getOrDefault("map_type", -1) == type
                        && facts.getOrDefault("value_size", -1) == valueSize
                        && (maxEntries == 0 || facts.getOrDefault("max_entries", -1) == maxEntries)) {
                    return BpfMap.openId(facts.getOrDefault("map_id", -1));
                }
            }
        }
        throw new IOException(
                descriptors + " shows no map of type " + type + " with values of " + valueSize + " bytes");
    }

    private static Map<String, Integer> facts(Path file) throws IOException {
        Map<String, Integer> facts = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                int colon = line.indexOf(':');
                String value = line.substring(colon + 1).strip();
                if (colon > 0 && value.matches("[0-9]{1,9}")) {
                    facts.put(line.substring(0, colon), Integer.parseInt(value));
                }
            }
        } catch (NoSuchFileException closedMeanwhile) {
            return Map.of();
        }
        return facts;
    }
}
