/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.keep;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Everything that the collector looks at: its resources in the order in which they are listed, and reasons of Events. */
public final class Catalogue {
    private final List<Resource> resources;
    private final Set<String> reasons;

    private Catalogue(List<Resource> resources, Set<String> reasons) {
        this.resources = resources;
        this.reasons = reasons;
    }

    /** The one that is shipped. */
    public static Catalogue load() throws IOException {
        Set<String> reasons = new HashSet<>();
        for (String line : read("events.reasons").split("\n", -1)) {
            if (!line.isEmpty() && line.charAt(0) != '#') {
                reasons.add(line);
            }
        }
        return new Catalogue(KeepFile.parse(read("inventory.keep")), reasons);
    }

    public List<Resource> resources() {
        return resources;
    }

    /** Whether Events of that reason are reported. */
    public boolean matters(String reason) {
        return reasons.contains(reason);
    }

    private static String read(String name) throws IOException {
        try (InputStream in = Catalogue.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is missing in this program's jar; it was not built as it should be");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
