/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store.postgres;

import dev.defender.backend.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/** Runs queries in a read-only transaction that sees one instant and ends after a bounded time. */
public final class Reader {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final DataSource dataSource;

    public Reader(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Some queries over one snapshot. */
    @FunctionalInterface
    public interface Query<T, X extends Exception> {
        T run(Connection connection) throws SQLException, X;
    }

    public <T, X extends Exception> T read(Query<T, X> query) throws X, StoreUnavailableException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = '30s'");
            }
            try {
                return query.run(connection);
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new StoreUnavailableException("PostgreSQL did not answer: " + e.getMessage(), RETRY_AFTER, e);
        }
    }
}
