/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend;

import dev.defender.backend.database.Database;
import dev.defender.backend.database.DatabaseStartException;
import dev.defender.backend.identity.Identities;
import dev.defender.backend.identity.IdentityUnavailableException;
import dev.defender.backend.service.Service;
import dev.defender.backend.service.ServiceOptions;
import dev.defender.backend.service.Stores;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** A running backend: data directory, database and service, stopped in the opposite order. */
final class RunningBackend implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final String url;

    private RunningBackend(Options options)
            throws UsageException, IOException, DatabaseStartException, IdentityUnavailableException,
                    InterruptedException {
        ServiceOptions serviceOptions = options.service();
        try {
            parts.push(DataDirectory.open(options.data()));
            PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            new JvmMemoryMetrics().bindTo(meters);
            new ProcessorMetrics().bindTo(meters);
            Database database = DatabaseStart.open(options, meters);
            parts.push(database);
            Stores stores = new Stores(
                    database.eventLog(),
                    database.eventStore(),
                    database.alertStore(),
                    database.ledgerStore(),
                    database.sensorStore(),
                    database.inventoryStore(),
                    database::ready);
            InstantSource clock = InstantSource.system();
            Identities identities = Identities.open(database.dataSource(), clock);
            Service service = Service.start(serviceOptions, stores, identities, meters, clock);
            parts.push(service);
            url = ListenAddress.url(serviceOptions.listen(), service.port());
        } catch (UsageException
                | IOException
                | DatabaseStartException
                | IdentityUnavailableException
                | RuntimeException
                | InterruptedException e) {
            close();
            throw e;
        }
    }

    static RunningBackend start(Options options)
            throws UsageException, IOException, DatabaseStartException, IdentityUnavailableException,
                    InterruptedException {
        return new RunningBackend(options);
    }

    /** Where a client on this host reaches the API. */
    String url() {
        return url;
    }

    /** Stops every part, also when one of them fails to stop. */
    @Override
    public void close() throws IOException {
        IOException first = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                IOException failure = e instanceof IOException io ? io : new IOException(e.getMessage(), e);
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
