/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.postgres;

import java.nio.file.Path;

/** A process that runs a server until it is killed: arguments home and distribution; prints the server's pid. */
final class Survivor {
    private Survivor() {}

    public static void main(String[] arguments) throws Exception {
        PostgresOptions options = new PostgresOptions(Path.of(arguments[0]), Path.of(arguments[1]), null);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(options)) {
            System.out.println(postgres.pid());
            while (System.in.read() >= 0) {
                // until killed
            }
        }
    }
}
