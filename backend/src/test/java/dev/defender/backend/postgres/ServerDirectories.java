/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Directories below the system's temporary one, which the server's account can enter wherever the clone stands. */
public final class ServerDirectories {
    private ServerDirectories() {}

    public static Path create() throws IOException {
        Path root = Files.createTempDirectory("defender-postgres-");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
        return root;
    }

    public static void delete(Path root) throws IOException {
        Trees.delete(root);
    }
}
