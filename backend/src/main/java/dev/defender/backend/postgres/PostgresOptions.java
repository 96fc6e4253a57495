/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.postgres;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the embedded server lives and as whom it runs.
 *
 * @param home directory of everything that belongs to the server: data, socket, passwords, log
 * @param distribution directory that keeps the unpacked binaries; may be shared by several servers
 * @param user account (name or numeric uid) to run as when this process is root; null = {@code nobody}
 */
public record PostgresOptions(
        Path home, Path distribution, @Nullable String user) {
    public PostgresOptions {
        home = home.toAbsolutePath().normalize();
        distribution = distribution.toAbsolutePath().normalize();
    }

    Path data() {
        return home.resolve("data");
    }

    Path run() {
        return home.resolve("run");
    }

    Path log() {
        return home.resolve("postgres.log");
    }
}
