/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * User names of /etc/passwd. A uid that is not there is remembered as nameless until the file changes, which is looked for
 * only when a new uid comes. A missing file means that nobody has a name.
 */
final class UserNames {
    private static final Path PASSWD = Path.of("/etc/passwd");
    private static final int FIELDS_NEEDED = 3;

    private final Int2ObjectHashMap<String> names = new Int2ObjectHashMap<>();
    private FileTime read = FileTime.fromMillis(0);

    String name(int uid) {
        String name = names.get(uid);
        if (name == null) {
            refresh();
            name = names.getOrDefault(uid, "");
            names.put(uid, name);
        }
        return name;
    }

    private void refresh() {
        try {
            FileTime changed = Files.getLastModifiedTime(PASSWD);
            if (changed.equals(read)) {
                return;
            }
            names.clear();
            for (String line : Files.readAllLines(PASSWD, StandardCharsets.ISO_8859_1)) {
                List<String> fields = List.of(line.split(":", -1));
                if (fields.size() >= FIELDS_NEEDED && fields.get(2).matches("[0-9]{1,10}")) {
                    names.putIfAbsent((int) Long.parseLong(fields.get(2)), fields.get(0));
                }
            }
            read = changed;
        } catch (IOException absent) {
            names.clear();
        }
    }
}
