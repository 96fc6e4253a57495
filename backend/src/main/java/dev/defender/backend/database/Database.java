/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.defender.backend.ingest.PostgresEventLog;
import dev.defender.backend.ledger.PostgresLedgerStore;
import dev.defender.backend.postgres.EmbeddedPostgres;
import dev.defender.backend.postgres.PostgresEndpoint;
import dev.defender.backend.postgres.PostgresException;
import dev.defender.backend.postgres.PostgresOptions;
import dev.defender.backend.store.AlertStore;
import dev.defender.backend.store.EventLog;
import dev.defender.backend.store.EventStore;
import dev.defender.backend.store.InventoryStore;
import dev.defender.backend.store.LedgerStore;
import dev.defender.backend.store.SensorStore;
import dev.defender.backend.store.postgres.EventPartitions;
import dev.defender.backend.store.postgres.PostgresAlertStore;
import dev.defender.backend.store.postgres.PostgresEventStore;
import dev.defender.backend.store.postgres.PostgresInventoryStore;
import dev.defender.backend.store.postgres.PostgresSensorStore;
import dev.defender.backend.store.postgres.Retention;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backend's database, open. Closing it stops the embedded server too. */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int CONNECTIONS = 8;
    private static final long CONNECT_TIMEOUT_MILLIS = 3_000;

    private final @Nullable EmbeddedPostgres server;
    private final HikariDataSource pool;
    private final PostgresEventLog eventLog;
    private final ScheduledExecutorService maintenance;

    private Database(
            @Nullable EmbeddedPostgres server, HikariDataSource pool, DatabaseOptions options, MeterRegistry registry) {
        this.server = server;
        this.pool = pool;
        EventPartitions partitions = new EventPartitions(pool);
        this.eventLog = new PostgresEventLog(pool, partitions, registry);
        this.maintenance = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon(true).name("retention").factory());
        Retention retention = new Retention(pool, partitions, options.retention(), InstantSource.system());
        maintenance.scheduleWithFixedDelay(retention::run, 0, 1, TimeUnit.HOURS);
        Gauge.builder("defender.database.ready", this, database -> database.ready() ? 1 : 0)
                .register(registry);
        if (server != null) {
            FunctionCounter.builder("defender.postgres.restarts", server, EmbeddedPostgres::restarts)
                    .register(registry);
        }
    }

    /** Blocks until the schema is in place and rows can be written. */
    public static Database open(DatabaseOptions options, MeterRegistry registry) throws DatabaseStartException {
        EmbeddedPostgres server = options.jdbcUrl() == null ? startServer(options) : null;
        HikariDataSource pool = null;
        try {
            PostgresEndpoint endpoint = server == null
                    ? ExternalServer.endpoint(options, options.jdbcUrl() == null ? "" : options.jdbcUrl())
                    : server.endpoint();
            pool = pool(endpoint);
            Schema.migrate(pool);
            return new Database(server, pool, options, registry);
        } catch (DatabaseStartException | RuntimeException e) {
            closeAll(server, pool);
            throw e;
        }
    }

    private static EmbeddedPostgres startServer(DatabaseOptions options) throws DatabaseStartException {
        Path home = options.data().resolve("postgres");
        Path distribution = options.distribution() == null ? home.resolve("dist") : options.distribution();
        try {
            return EmbeddedPostgres.start(new PostgresOptions(home, distribution, options.user()));
        } catch (PostgresException e) {
            throw new DatabaseStartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static HikariDataSource pool(PostgresEndpoint endpoint) throws DatabaseStartException {
        HikariConfig config = new HikariConfig();
        config.setPoolName("postgres");
        config.setJdbcUrl(endpoint.url());
        config.setDataSourceProperties(endpoint.properties());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_TIMEOUT_MILLIS);
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new DatabaseStartException(
                    "The database at " + endpoint.url() + " cannot be reached: " + reason.getMessage(), e);
        }
    }

    public DataSource dataSource() {
        return pool;
    }

    public EventLog eventLog() {
        return eventLog;
    }

    public EventStore eventStore() {
        return new PostgresEventStore(pool);
    }

    public AlertStore alertStore() {
        return new PostgresAlertStore(pool);
    }

    public LedgerStore ledgerStore() {
        return new PostgresLedgerStore(pool);
    }

    public SensorStore sensorStore() {
        return new PostgresSensorStore(pool);
    }

    public InventoryStore inventoryStore() {
        return new PostgresInventoryStore(pool);
    }

    /** Whether a connection can be had now; takes up to three seconds to say no. */
    public boolean ready() {
        if (server != null && !server.ready()) {
            return false;
        }
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            LOG.debug("Database not ready: {}", e.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        maintenance.shutdownNow();
        try {
            maintenance.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        eventLog.close();
        closeAll(server, pool);
    }

    private static void closeAll(@Nullable EmbeddedPostgres server, @Nullable HikariDataSource pool) {
        if (pool != null) {
            pool.close();
        }
        if (server != null) {
            try {
                server.close();
            } catch (PostgresException e) {
                LOG.error("PostgreSQL did not stop: {}", e.getMessage());
            }
        }
    }
}
