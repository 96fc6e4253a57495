/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Files of a lane that nothing could be read from: kept for a person to look at, at most {@link #MAX_FILES}. */
final class Quarantine {
    static final int MAX_FILES = 4;

    private final Path directory;
    private final SpoolStats stats;

    Quarantine(Path laneDirectory, SpoolStats stats) {
        this.directory = laneDirectory.resolve("quarantine");
        this.stats = stats;
    }

    /** Moves {@code file} out of the way. */
    void take(Path file) throws IOException {
        Files.createDirectories(directory);
        Files.move(file, directory.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        stats.quarantinedFiles.incrementAndGet();
        discardOldest();
    }

    private void discardOldest() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                    files.add(entry);
                }
            }
        }
        files.sort(Comparator.naturalOrder());
        for (Path oldest : files.subList(0, Math.max(0, files.size() - MAX_FILES))) {
            Files.delete(oldest);
            stats.discardedFiles.incrementAndGet();
        }
    }
}
