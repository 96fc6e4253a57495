/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.database;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which database to use.
 *
 * @param data the backend's data directory; the embedded server lives in its {@code postgres}
 * @param jdbcUrl an existing server; null = the embedded one
 * @param jdbcUser role at the existing server
 * @param jdbcPasswordFile file that holds the role's password
 * @param user account to run the embedded server as when this process is root; null = {@code nobody}
 * @param distribution keeps the embedded server's unpacked binaries; null = inside {@code data}
 * @param retention how long events are kept
 */
public record DatabaseOptions(
        Path data,
        @Nullable String jdbcUrl,
        @Nullable String jdbcUser,
        @Nullable Path jdbcPasswordFile,
        @Nullable String user,
        @Nullable Path distribution,
        Duration retention) {
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(3);

    /** The embedded server with everything at its default. */
    public static DatabaseOptions embedded(Path data) {
        return new DatabaseOptions(data, null, null, null, null, null, DEFAULT_RETENTION);
    }
}
