/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** What the server's own file {@code postmaster.pid} says: first line the pid, eighth line its state. */
final class Postmaster {
    private static final int STATE_LINE = 7;

    private Postmaster() {}

    /** Whether process {@code pid} has announced that it accepts connections. */
    static boolean ready(Path data, long pid) {
        List<String> lines = lines(data);
        return lines.size() > STATE_LINE
                && lines.getFirst().strip().equals(Long.toString(pid))
                && lines.get(STATE_LINE).strip().equals("ready");
    }

    /** A server that runs on {@code data}; a stale file whose pid is gone or names another program counts as none. */
    static OptionalLong running(Path data) {
        List<String> lines = lines(data);
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,10}")) {
            return OptionalLong.empty();
        }
        long pid = Long.parseLong(lines.getFirst().strip());
        try {
            // The postmaster's working directory is its data directory.
            Path directory = Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd"));
            return directory.equals(data.toRealPath()) ? OptionalLong.of(pid) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static List<String> lines(Path data) {
        try {
            return Files.readAllLines(data.resolve("postmaster.pid"), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            // Read while it was being replaced; the caller asks again.
            return List.of();
        }
    }
}
