/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What the sensor keeps on disk: which epochs of this boot have not ended in order, one {@code boot-id epoch} a line. It tells
 * a first start, which lost nothing, from a start after a kill whose counters are gone. Also a lock, held while it is open.
 */
final class StateDirectory implements AutoCloseable {
    private final Path epochs;
    private final FileChannel lockFile;
    private final String bootId;

    private StateDirectory(Path epochs, FileChannel lockFile, String bootId) {
        this.epochs = epochs;
        this.lockFile = lockFile;
        this.bootId = bootId;
    }

    static StateDirectory open(Path directory, String bootId) throws StartException {
        try {
            Files.createDirectories(directory);
            FileChannel lockFile =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(lockFile)) {
                lockFile.close();
                throw new StartException("another sensor uses --state=" + directory + "; stop it first");
            }
            return new StateDirectory(directory.resolve("epochs"), lockFile, bootId);
        } catch (IOException e) {
            throw new StartException("cannot keep state in --state=" + directory + ": " + StartException.reason(e));
        }
    }

    private static boolean locked(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Epochs of this boot that did not end in order, as far as this directory knows. */
    List<Long> open() throws IOException {
        List<Long> open = new ArrayList<>();
        if (Files.exists(epochs)) {
            for (String line : Files.readAllLines(epochs)) {
                String[] words = line.split(" ", -1);
                if (words.length == 2 && words[0].equals(bootId) && words[1].matches("[0-9]{1,18}")) {
                    open.add(Long.parseLong(words[1]));
                }
            }
        }
        return open;
    }

    /** From now on these are the open ones. */
    void write(List<Long> open) throws IOException {
        Path fresh = epochs.resolveSibling("epochs.new");
        Files.write(fresh, open.stream().map(epoch -> bootId + " " + epoch).toList());
        Files.move(fresh, epochs, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
