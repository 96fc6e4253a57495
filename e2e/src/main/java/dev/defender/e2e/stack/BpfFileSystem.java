/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A bpf file system mounted for the whole host, so that pins outlive the sensor that made them. */
public final class BpfFileSystem implements AutoCloseable {
    private final Path directory;

    private BpfFileSystem(Path directory) {
        this.directory = directory;
    }

    /** Mounts on an existing empty directory; needs CAP_SYS_ADMIN. */
    public static BpfFileSystem mount(Path directory) throws IOException, InterruptedException {
        run("mount", "-t", "bpf", "bpf", directory.toString());
        return new BpfFileSystem(directory);
    }

    /** Unmounts; what is pinned there goes with it. */
    @Override
    public void close() throws IOException, InterruptedException {
        run("umount", directory.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.strip());
        }
    }
}
