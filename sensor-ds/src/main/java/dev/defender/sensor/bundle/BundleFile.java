/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a bundle's {@code config.json}. Only its annotations leave this class: the file holds environments, and so secrets. */
final class BundleFile {
    /** Many times what runtimes write (10 to 50 KiB); what is larger is not read. */
    static final int MOST_BYTES = 1 << 20;

    private BundleFile() {}

    /**
     * The annotations, empty if there are none.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws IOException if it cannot be read, is no JSON, or is too large
     */
    static Map<String, String> annotations(Path file) throws IOException {
        byte[] text;
        try (InputStream in = Files.newInputStream(file)) {
            text = in.readNBytes(MOST_BYTES + 1);
        }
        if (text.length > MOST_BYTES) {
            throw new IOException("larger than " + MOST_BYTES + " bytes");
        }
        JsonReader json = new JsonReader(text);
        Map<String, String> annotations = new TreeMap<>();
        json.beginObject();
        for (@Nullable String name = json.nextName(); name != null; name = json.nextName()) {
            if (name.equals("annotations") && json.isObject()) {
                strings(json, annotations);
            } else {
                json.skip();
            }
        }
        return annotations;
    }

    /** Takes an object's members that are strings. */
    static void strings(JsonReader json, Map<String, String> into) throws MalformedJsonException {
        json.beginObject();
        for (@Nullable String name = json.nextName(); name != null; name = json.nextName()) {
            if (json.isString()) {
                into.put(name, json.string());
            } else {
                json.skip();
            }
        }
    }
}
