/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A directory on a disk of its own, which a test can fill to the last byte and free again. */
final class SmallDisk implements AutoCloseable {
    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** Mounts a tmpfs on an existing empty directory; needs root. */
    static SmallDisk mount(Path directory, int megabytes) throws IOException, InterruptedException {
        run("mount", "-t", "tmpfs", "-o", "mode=0711,size=" + megabytes + "m", "tmpfs", directory.toString());
        return new SmallDisk(directory);
    }

    /** Takes what is free, and what somebody gives back, until nothing more can be had. */
    void fill() throws IOException {
        byte[] chunk = new byte[64 << 10];
        try (OutputStream out = Files.newOutputStream(ballast())) {
            for (int size = chunk.length; size > 0; ) {
                try {
                    out.write(chunk, 0, size);
                } catch (IOException e) {
                    size /= 2;
                }
            }
        }
    }

    void free() throws IOException {
        Files.delete(ballast());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("umount", directory.toString());
    }

    private Path ballast() {
        return directory.resolve("ballast");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.strip());
        }
    }
}
