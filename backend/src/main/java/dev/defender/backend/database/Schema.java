/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.database;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings a database to this version's schema. */
final class Schema {
    private Schema() {}

    static void migrate(DataSource dataSource) throws DatabaseStartException {
        try {
            Flyway.configure()
                    .dataSource(dataSource)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new DatabaseStartException(
                    "The database cannot be brought to this version's schema: "
                            + String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " "),
                    e);
        }
    }
}
