/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Arguments of a running process from /proc, with the flags of event.h that say what is missing.
 *
 * @param bytes each argument ended by NUL
 */
record CommandLine(byte[] bytes, int flags) {
    static final int MAX_BYTES = 4096;
    private static final int TRUNCATED = 1;
    private static final int UNREADABLE = 1 << 1;
    private static final long NANOS_PER_TICK = 10_000_000;
    private static final int START_FIELD_AFTER_NAME = 19;
    private static final CommandLine NONE = new CommandLine(new byte[0], UNREADABLE);

    /** Reads only if the process id still is the process that began then. */
    static CommandLine read(int pid, long startBootNs) {
        Path directory = Path.of("/proc", Integer.toUnsignedString(pid));
        try (InputStream in = Files.newInputStream(directory.resolve("cmdline"))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (!sameProcess(directory, startBootNs)) {
                return NONE;
            }
            return bytes.length > MAX_BYTES
                    ? new CommandLine(Arrays.copyOf(bytes, MAX_BYTES), TRUNCATED)
                    : new CommandLine(bytes, 0);
        } catch (IOException gone) {
            return NONE;
        }
    }

    /** Field 22 of stat is the start in ticks since boot; the kernel rounds down. */
    private static boolean sameProcess(Path directory, long startBootNs) throws IOException {
        byte[] stat = Files.readAllBytes(directory.resolve("stat"));
        int at = stat.length - 1;
        while (at >= 0 && stat[at] != ')') {
            at--;
        }
        String[] fields = new String(stat, at + 2, stat.length - at - 2, java.nio.charset.StandardCharsets.US_ASCII)
                .split(" ", -1);
        return Long.parseLong(fields[START_FIELD_AFTER_NAME]) == startBootNs / NANOS_PER_TICK;
    }
}
