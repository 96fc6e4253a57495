/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend;

import dev.defender.backend.database.Database;
import dev.defender.backend.database.DatabaseStartException;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the database; one that somebody else runs may start later than we do, and is waited for. */
final class DatabaseStart {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseStart.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    private DatabaseStart() {}

    static Database open(Options options, MeterRegistry meters)
            throws UsageException, DatabaseStartException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return Database.open(options.database(), meters);
            } catch (DatabaseStartException e) {
                if (!options.external() || !unreachable(e)) {
                    throw e;
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new DatabaseStartException(
                            String.valueOf(e.getMessage()).replaceAll("\\.$", "") + "; gave up after "
                                    + PATIENCE.toSeconds() + " s, start the database or correct --jdbc-url",
                            e);
                }
                LOG.warn("waiting for the database: {}", e.getMessage());
                new CountDownLatch(1).await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Class 08 = connection exception, 57P03 = the server is starting up or shutting down. */
    private static boolean unreachable(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().startsWith("08") || sql.getSQLState().equals("57P03");
            }
        }
        return false;
    }
}
