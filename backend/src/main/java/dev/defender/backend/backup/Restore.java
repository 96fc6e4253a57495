/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.backup;

import com.github.luben.zstd.ZstdInputStream;
import dev.defender.backend.postgres.BaseBackup;
import dev.defender.backend.postgres.PostgresException;
import dev.defender.backend.postgres.PostgresOptions;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** Puts a backup back where no backend is. The directory appears when all of it is there and on disk, or not at all. */
public final class Restore {
    private static final String DIRECTORY = "rwx------";
    /** As the backend makes them: passable for the account of the embedded PostgreSQL. */
    private static final String PASSABLE = "rwx--x--x";

    private final Path partial;
    private int files;

    private Restore(Path partial) {
        this.partial = partial;
    }

    /**
     * @param data directory that is not there yet, or empty
     * @param user account of the embedded server when this process is root; null as for the backend itself
     * @return number of files
     */
    public static int put(Path data, @Nullable String user, InputStream in) throws IOException {
        if (Files.exists(data) && !empty(data)) {
            throw new BackupException(data + " is not empty: a backup is put back where no backend is."
                    + " Move it away, or choose another directory with --data");
        }
        Path partial = data.resolveSibling(data.getFileName() + ".restoring");
        delete(partial);
        Files.createDirectories(partial, attributes(PASSABLE));
        try {
            Restore restore = new Restore(partial);
            restore.read(in);
            restore.claim(user);
            Files.deleteIfExists(data);
            Files.move(partial, data, StandardCopyOption.ATOMIC_MOVE);
            return restore.files;
        } finally {
            delete(partial);
        }
    }

    private void read(InputStream in) throws IOException {
        boolean complete = false;
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ZstdInputStream(new BufferedInputStream(in)))) {
            TarArchiveEntry first = tar.getNextEntry();
            if (first == null || !first.getName().equals(BackupFormat.FIRST)) {
                throw new BackupException("this is no backup of a backend");
            }
            String version = new String(tar.readAllBytes(), StandardCharsets.UTF_8);
            if (!version.equals(BackupFormat.FIRST_CONTENT)) {
                throw new BackupException("this backup is of the form '" + version.strip()
                        + "', which this backend does not know; use the version that made it");
            }
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().equals(BackupFormat.LAST)) {
                    String count = new String(tar.readAllBytes(), StandardCharsets.UTF_8).strip();
                    complete = count.equals(Integer.toString(files));
                } else {
                    write(entry, tar);
                }
            }
        } catch (BackupException e) {
            throw e;
        } catch (IOException e) {
            throw new BackupException("the backup cannot be read to its end, or its files cannot be written: " + e, e);
        }
        if (!complete) {
            throw new BackupException("the backup has no end: it was cut off when it was taken or copied");
        }
    }

    private void write(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
        Path path = partial.resolve(entry.getName()).normalize();
        if (!path.startsWith(partial)) {
            throw new BackupException("the backup names a file outside of the data directory: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path, attributes(DIRECTORY));
            return;
        }
        if (!entry.isFile()) {
            throw new BackupException("the backup holds something that is no file: " + entry.getName());
        }
        files++;
        try (FileChannel file = FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes("rw-------"))) {
            tar.transferTo(Channels.newOutputStream(file));
            file.force(true);
        }
    }

    private void claim(@Nullable String user) throws IOException {
        Path home = partial.resolve(BackupFormat.DATABASE);
        if (!Files.isDirectory(home)) {
            return;
        }
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString(PASSABLE));
        try {
            BaseBackup.claim(new PostgresOptions(home, home, user));
        } catch (PostgresException e) {
            throw new BackupException(String.valueOf(e.getMessage()), e);
        }
    }

    private static java.nio.file.attribute.FileAttribute<?> attributes(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private static boolean empty(Path directory) throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            return found.findAny().isEmpty();
        }
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed) throws IOException {
                if (failed != null) {
                    throw failed;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
