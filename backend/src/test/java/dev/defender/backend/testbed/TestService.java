/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.testbed;

import dev.defender.backend.database.Database;
import dev.defender.backend.database.SharedDatabase;
import dev.defender.backend.http.Route;
import dev.defender.backend.identity.Identities;
import dev.defender.backend.identity.InMemoryIdentities;
import dev.defender.backend.service.Service;
import dev.defender.backend.service.ServiceOptions;
import dev.defender.backend.service.Stores;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The real service on a free loopback port, with identities and stores that live as long as the test. */
public final class TestService implements AutoCloseable {
    public static final long INFLIGHT_BYTES = 64L << 20;

    private final Path data;
    private final Service service;
    public final InMemoryIdentities identityStore;
    public final Identities identities;
    public final MutableClock clock;
    public final RecordingLog log;
    public final MemoryStores memory;
    public final PrometheusMeterRegistry meters;

    private TestService(Path data, long inflightBytes, @Nullable Database database) throws Exception {
        this.data = data;
        clock = new MutableClock(Instant.now());
        log = new RecordingLog();
        memory = new MemoryStores();
        meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        identityStore = new InMemoryIdentities();
        identities = database == null ? identityStore.open(clock) : Identities.open(database.dataSource(), clock);
        Stores stores = database == null
                ? new Stores(log, memory, memory, memory, memory, memory, memory::ready)
                : new Stores(
                        database.eventLog(),
                        database.eventStore(),
                        database.alertStore(),
                        database.ledgerStore(),
                        database.sensorStore(),
                        database.inventoryStore(),
                        database::ready);
        ServiceOptions options = new ServiceOptions(
                data,
                new InetSocketAddress("127.0.0.1", 0),
                List.of(),
                null,
                ServiceOptions.NODE_CERTIFICATE_LIFETIME,
                inflightBytes);
        service = Service.start(options, stores, identities, meters, clock);
    }

    public static TestService start(Path data) throws Exception {
        return new TestService(data, INFLIGHT_BYTES, null);
    }

    public static TestService start(Path data, long inflightBytes) throws Exception {
        return new TestService(data, inflightBytes, null);
    }

    /** With the real database of this JVM's tests instead of what lives as long as the test. */
    public static TestService onSharedDatabase(Path data) throws Exception {
        return new TestService(data, INFLIGHT_BYTES, SharedDatabase.get());
    }

    public List<Route> routes() {
        return service.routes();
    }

    public URI base() {
        return URI.create("https://127.0.0.1:" + service.port());
    }

    public X509Certificate ca() throws GeneralSecurityException, IOException {
        try (var in = Files.newInputStream(data.resolve("pki/ca.pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    /** Content of a token file: viewer, analyst, admin or enrolment. */
    public String token(String name) throws IOException {
        return Files.readString(data.resolve("tokens").resolve(name)).strip();
    }

    public String cluster() {
        return identities.clusters().getFirst().id();
    }

    public Client anonymous() throws GeneralSecurityException, IOException {
        return Client.anonymous(base(), ca());
    }

    /** Enrols a node with a new key and speaks with its certificate from then on. */
    public Client enrolled(String node) throws Exception {
        NodeKey key = NodeKey.generate();
        try (Client client = anonymous()) {
            Answer answer = client.postJson("/ingest/v1/enroll", token("enrolment"), key.request(node));
            if (answer.status() != 200) {
                throw new IllegalStateException(answer.toString());
            }
            return withCertificate(key, answer.json().path("certificate").asText());
        }
    }

    public Client withCertificate(NodeKey key, String chain) throws GeneralSecurityException, IOException {
        return Client.withCertificate(base(), ca(), key.privateKey(), chain);
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
