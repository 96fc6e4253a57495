/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The data directory, held by this process alone. */
final class DataDirectory implements AutoCloseable {
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /** @throws IOException with one sentence: it cannot be made, belongs to another user, or is in use */
    static DataDirectory open(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            make(directory);
        }
        String owner = Files.getOwner(directory).getName();
        // Asked of the kernel: the name in the environment may be another one's.
        String self = Files.getOwner(Path.of("/proc/self")).getName();
        if (!owner.equals(self)) {
            throw new IOException(
                    "the data directory " + directory + " belongs to " + owner + " and this process runs as " + self
                            + "; start it as " + owner + " or choose another directory with --data");
        }
        if (!Files.isWritable(directory)) {
            throw new IOException("the data directory " + directory + " cannot be written; give its owner " + owner
                    + " write permission or choose another with --data");
        }
        return lock(directory);
    }

    private static void make(Path directory) throws IOException {
        try {
            // Passable, so that the account of the embedded PostgreSQL reaches its own part; nothing can be listed.
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        } catch (IOException e) {
            throw new IOException(
                    "the data directory " + directory + " cannot be made (" + e.getMessage()
                            + "); make it yourself or choose another with --data",
                    e);
        }
    }

    private static DataDirectory lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new DataDirectory(channel, lock);
            }
        } catch (OverlappingFileLockException sameProcess) {
            // Said below, like a lock of another process.
        }
        channel.close();
        throw new IOException("another backend is running on the data directory " + directory
                + "; stop it or choose another with --data");
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
