/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.database;

import dev.defender.backend.postgres.PostgresEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;

/** Reads how to reach a server that somebody else runs. */
final class ExternalServer {
    private ExternalServer() {}

    static PostgresEndpoint endpoint(DatabaseOptions options, String url) throws DatabaseStartException {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new DatabaseStartException("--jdbc-url must begin with 'jdbc:postgresql:'.", null);
        }
        if (url.toLowerCase(Locale.ROOT).contains("password=")) {
            throw new DatabaseStartException(
                    "--jdbc-url holds a password, which every user of this machine can read in the list of processes; "
                            + "put it into a file and name that with --jdbc-password-file.",
                    null);
        }
        if (options.jdbcUser() == null || options.jdbcPasswordFile() == null) {
            throw new DatabaseStartException("--jdbc-url needs --jdbc-user and --jdbc-password-file beside it.", null);
        }
        try {
            String password = Files.readString(options.jdbcPasswordFile()).strip();
            return PostgresEndpoint.external(url, options.jdbcUser(), password);
        } catch (IOException e) {
            throw new DatabaseStartException(
                    "The password file " + options.jdbcPasswordFile() + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
