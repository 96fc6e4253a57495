/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file that only its owner can read, from its first byte on. Opened before what it is for is made, so that a secret is
 * never made that has no place to go. Takes the place of one that is there.
 */
public final class PrivateFile implements AutoCloseable {
    private final Path file;
    private final Path fresh;

    private PrivateFile(Path file, Path fresh) {
        this.file = file;
        this.fresh = fresh;
    }

    public static PrivateFile open(Path file) throws Failure {
        Path absolute = file.toAbsolutePath();
        Path directory = absolute.getParent();
        if (directory == null || Files.isDirectory(absolute)) {
            throw Failure.usage("cannot write " + file + ": it is a directory");
        }
        try {
            return new PrivateFile(
                    absolute,
                    Files.createTempFile(
                            directory,
                            "." + absolute.getFileName(),
                            ".tmp",
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
        } catch (IOException e) {
            throw Failure.file("cannot write " + file, e);
        }
    }

    public void write(String text) throws Failure {
        try {
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Failure.file("cannot write " + file, e);
        }
    }

    @Override
    public void close() throws Failure {
        try {
            Files.deleteIfExists(fresh);
        } catch (IOException e) {
            throw Failure.file("cannot remove " + fresh, e);
        }
    }
}
