/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Directories below the system's temporary one, which the server's account can enter wherever the clone stands. */
public final class ServerDirectories {
    /** Binaries, unpacked once for all servers of this JVM. */
    private static final Path DISTRIBUTION = createForThisJvm();

    private ServerDirectories() {}

    public static Path distribution() {
        return DISTRIBUTION;
    }

    private static Path createForThisJvm() {
        try {
            Path root = create();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteQuietly(root)));
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteQuietly(Path root) {
        try {
            delete(root);
        } catch (IOException e) {
            System.err.println("left behind: " + root + ": " + e.getMessage());
        }
    }

    public static Path create() throws IOException {
        Path root = Files.createTempDirectory("defender-postgres-");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
        return root;
    }

    public static void delete(Path root) throws IOException {
        Trees.delete(root);
    }
}
