/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.outbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Which epoch is running on this boot: a line beside the publisher's socket, removed when the epoch ends in order. Who finds
 * one knows that its predecessor did not.
 */
public final class EpochFile {
    private final Path file;

    /** @param socket the publisher's; the file is named after it */
    public EpochFile(Path socket) {
        this.file = socket.resolveSibling(socket.getFileName() + ".epoch");
    }

    /**
     * The epoch of this boot that did not end in order; 0 if none is known.
     *
     * @throws IOException if there is a file that cannot be read
     */
    public long unfinished(String bootId) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        String line = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
        int blank = line.indexOf(' ');
        try {
            return blank > 0 && line.substring(0, blank).equals(bootId)
                    ? Math.max(0, Long.parseLong(line, blank + 1, line.length(), 10))
                    : 0;
        } catch (NumberFormatException e) {
            // Cut off while it was written: an epoch that had not begun.
            return 0;
        }
    }

    public void begin(String bootId, long epoch) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        Files.write(aside, (bootId + " " + epoch + "\n").getBytes(StandardCharsets.UTF_8));
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    public void end() throws IOException {
        Files.deleteIfExists(file);
    }
}
