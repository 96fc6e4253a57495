/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.ring;

import dev.defender.bench.Benchmark.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Lays the BPF object and the peer, compiled here and now, into a directory. */
final class PeerBuild {
    private PeerBuild() {}

    static Path resource(String name, Path directory) throws IOException {
        Path file = directory.resolve(Path.of(name).getFileName());
        try (InputStream in = PeerBuild.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the build left out " + name);
            }
            Files.copy(in, file);
        }
        return file;
    }

    /** Compiles ring_consumer.c against the installed libbpf. */
    static Path compile(Path directory) throws IOException, InterruptedException, Unavailable {
        Path source = resource("/ring/ring_consumer.c", directory);
        Path program = directory.resolve("ring_consumer");
        Process gcc;
        try {
            gcc = new ProcessBuilder(List.of("gcc", "-O2", source.toString(), "-lbpf", "-o", program.toString()))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException absent) {
            throw new Unavailable("gcc is not installed");
        }
        String said = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (gcc.waitFor() != 0) {
            throw new Unavailable("gcc could not build the C consumer (is libbpf-dev installed?): "
                    + said.lines().findFirst().orElse(""));
        }
        return program;
    }
}
