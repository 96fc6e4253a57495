/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.database;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

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

    /** What is wrong with how an existing server is named, in one sentence that names the option; null if nothing is. */
    public @Nullable String complaint() {
        String url = jdbcUrl;
        if (url == null) {
            return null;
        }
        if (!url.startsWith("jdbc:postgresql:")) {
            return "--jdbc-url must begin with 'jdbc:postgresql:'.";
        }
        if (url.toLowerCase(Locale.ROOT).contains("password=")) {
            return "--jdbc-url holds a password, which every user of this machine can read in the list of processes; "
                    + "put it into a file and name that with --jdbc-password-file.";
        }
        if (Driver.parseURL(url, new Properties()) == null) {
            return "--jdbc-url cannot be understood; it is jdbc:postgresql://host:port/database.";
        }
        return jdbcUser == null || jdbcPasswordFile == null
                ? "--jdbc-url needs --jdbc-user and --jdbc-password-file beside it."
                : null;
    }

    /** The embedded server with everything at its default. */
    public static DatabaseOptions embedded(Path data) {
        return new DatabaseOptions(data, null, null, null, null, null, DEFAULT_RETENTION);
    }
}
