/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the identity in one file, {@code node.pem}: key (PKCS#8) and certificate chain together, so that no kill can
 * leave a key beside another key's certificate. Only its owner may read it.
 */
final class IdentityStore {
    private static final String NAME = "node.pem";

    private final Path directory;

    IdentityStore(Path directory) {
        this.directory = directory;
    }

    /** The stored text; empty if there is none. */
    String read() throws IOException {
        Path file = directory.resolve(NAME);
        return Files.isRegularFile(file) ? Files.readString(file) : "";
    }

    /** The stored identity; null if there is none that can be used. */
    @Nullable
    NodeIdentity load() throws IOException {
        String pem = read();
        try {
            return pem.isEmpty() ? null : NodeIdentity.parse(pem);
        } catch (IOException | GeneralSecurityException e) {
            // Enrolment makes a new one; the damaged file is only replaced once that has worked.
            return null;
        }
    }

    void store(String pem) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path aside = directory.resolve(NAME + ".new");
        Files.deleteIfExists(aside);
        try (FileChannel channel = FileChannel.open(
                aside,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(pem.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(aside, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel entry = FileChannel.open(directory, StandardOpenOption.READ)) {
            entry.force(true);
        }
    }
}
