/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a spool's directory for one process: two that append and remove segments side by side would lose what both have
 * acknowledged. The kernel gives the lock back when its holder ends, however it ends. Any thread.
 */
public final class SpoolLock implements AutoCloseable {
    private static final String NAME = "lock";
    private static final int MAX_OWNER_BYTES = 200;
    private static final Path SELF = Path.of("/proc/self");
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private final Path directory;
    private final FileChannel channel;

    private SpoolLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Makes the directory if there is none, and takes its lock.
     *
     * @throws IOException if the directory cannot be written, or another process holds the lock; the message names it
     */
    public static SpoolLock take(Path directory) throws IOException {
        // Events tell what people ran with which arguments.
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path file = directory.resolve(NAME);
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            if (tryLock(channel) == null) {
                throw new SpoolInUseException("the spool " + directory + " is in use by " + owner(channel)
                        + "; stop that publisher first, or give this one another --spool");
            }
            sign(channel);
            return new SpoolLock(directory, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    Path directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held within this JVM: the same answer as for a process of its own.
            return null;
        }
    }

    /** Only for whoever is turned away: the lock holds without it, on a full disk too. */
    private static void sign(FileChannel channel) {
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(("process " + Files.readSymbolicLink(SELF) + " on " + hostName())
                    .getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            // Then the other is told of "another publisher".
            return;
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MAX_OWNER_BYTES);
        channel.read(text, 0);
        String owner = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
        return owner.isBlank() ? "another publisher" : owner;
    }

    /** In a pod the name of the pod, which says more than a process id that is 1 in each of them. */
    private static String hostName() throws IOException {
        return Files.readString(HOST_NAME).trim();
    }
}
