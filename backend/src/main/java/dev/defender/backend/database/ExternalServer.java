/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.database;

import dev.defender.backend.postgres.PostgresEndpoint;
import java.io.IOException;
import java.nio.file.Files;

/** Reads how to reach a server that somebody else runs. */
final class ExternalServer {
    private ExternalServer() {}

    static PostgresEndpoint endpoint(DatabaseOptions options, String url) throws DatabaseStartException {
        String complaint = options.complaint();
        if (complaint != null || options.jdbcUser() == null || options.jdbcPasswordFile() == null) {
            throw new DatabaseStartException(String.valueOf(complaint), null);
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
