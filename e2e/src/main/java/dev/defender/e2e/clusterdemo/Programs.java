/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.clusterdemo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Programs that the README's commands call by name. */
final class Programs {
    private Programs() {}

    /** defenderctl as this build has made it. */
    static void defenderctl(Path directory, Path tree) throws IOException {
        Path app = tree.resolve("cli/target/app");
        Path java = Path.of(System.getProperty("java.home"), "bin/java");
        Path script = Files.writeString(
                directory.resolve("defenderctl"),
                "#!/bin/sh\nexec " + java + " --enable-native-access=ALL-UNNAMED -jar " + app.resolve("defenderctl.jar")
                        + " \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
