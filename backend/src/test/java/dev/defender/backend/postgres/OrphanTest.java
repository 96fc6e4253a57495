/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrphanTest {
    private Path root = Path.of("");

    @BeforeEach
    void directory() throws Exception {
        root = ServerDirectories.create();
    }

    @AfterEach
    void cleanUp() throws Exception {
        ServerDirectories.delete(root);
    }

    @Test
    void theServerDiesWithItsBackend() throws Exception {
        Process backend = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Survivor.class.getName(),
                        options().home().toString(),
                        options().distribution().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        ProcessHandle server;
        try (BufferedReader said = backend.inputReader()) {
            server = ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
            backend.destroyForcibly().waitFor();
        }
        server.onExit().get(60, TimeUnit.SECONDS);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(options())) {
            assertThat(postgres.ready()).isTrue();
        }
    }

    @Test
    void aServerThatOutlivedItsBackendIsStoppedAtTheNextStart() throws Exception {
        EmbeddedPostgres.start(options()).close();
        ServerCommand command = new ServerCommand(
                Account.resolve(null), Distribution.unpack(options().distribution()));
        Process orphan = command.bound(
                        "postgres", List.of("-D", options().data().toString()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (!Postmaster.ready(options().data(), orphan.pid())) {
            assertThat(orphan.waitFor(10, TimeUnit.MILLISECONDS)).isFalse();
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(options())) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(postgres.pid()).isNotEqualTo(orphan.pid());
        }
    }

    private PostgresOptions options() {
        return new PostgresOptions(root.resolve("data"), ServerDirectories.distribution(), null);
    }
}
