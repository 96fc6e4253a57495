/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.service;

import dev.defender.backend.api.ApiRoutes;
import dev.defender.backend.batch.ByteBudget;
import dev.defender.backend.http.HttpsServer;
import dev.defender.backend.http.Route;
import dev.defender.backend.identity.Authenticator;
import dev.defender.backend.identity.Enrolment;
import dev.defender.backend.identity.FirstRun;
import dev.defender.backend.identity.Identities;
import dev.defender.backend.identity.IdentityUnavailableException;
import dev.defender.backend.intake.IntakeRoutes;
import dev.defender.backend.pki.CertificateAuthority;
import dev.defender.backend.pki.GivenCertificate;
import dev.defender.backend.pki.OwnCertificate;
import dev.defender.backend.pki.ServerCertificate;
import dev.defender.backend.pki.ServerNames;
import dev.defender.backend.pki.ServerTls;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The running backend without its database: certificates, tokens, the HTTPS port and the housekeeping of these. */
public final class Service implements AutoCloseable {
    private final HttpsServer server;
    private final Housekeeping housekeeping;
    private final List<Route> routes;

    private Service(HttpsServer server, Housekeeping housekeeping, List<Route> routes) {
        this.server = server;
        this.housekeeping = housekeeping;
        this.routes = List.copyOf(routes);
    }

    /**
     * Makes what a first run needs and opens the port.
     *
     * @throws IOException with one sentence for the operator
     * @throws IdentityUnavailableException the database does not answer
     */
    public static Service start(
            ServiceOptions options,
            Stores stores,
            Identities identities,
            PrometheusMeterRegistry meters,
            InstantSource clock)
            throws IOException, IdentityUnavailableException {
        Path pki = options.data().resolve("pki");
        Files.createDirectories(
                pki, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        CertificateAuthority authority = CertificateAuthority.open(pki, clock);
        ServerCertificate certificate = certificate(options, pki, authority, clock);
        new FirstRun(identities, options.data().resolve("tokens")).complete();

        Authenticator authenticator = new Authenticator(identities);
        Enrolment enrolment = new Enrolment(identities, authenticator, authority, options.nodeCertificateLifetime());
        ByteBudget budget = new ByteBudget(options.inflightBytes());
        List<Route> routes = new ArrayList<>(IntakeRoutes.routes(enrolment, stores.log(), budget, meters, clock));
        routes.addAll(ApiRoutes.routes(
                stores.events(), stores.alerts(), stores.ledger(), stores.sensors(), stores.inventory(), identities));
        routes.addAll(ApiRoutes.probes(stores.ready(), meters));
        HttpsServer server = HttpsServer.start(
                options.listen(), ServerTls.context(authority, certificate), routes, authenticator, meters);
        return new Service(server, Housekeeping.start(identities, certificate), routes);
    }

    private static ServerCertificate certificate(
            ServiceOptions options, Path pki, CertificateAuthority authority, InstantSource clock) throws IOException {
        ServiceOptions.GivenFiles given = options.given();
        return given == null
                ? OwnCertificate.open(pki, authority, ServerNames.withLoopback(options.tlsNames()), clock)
                : GivenCertificate.open(given.certificate(), given.key());
    }

    /** What is served. */
    public List<Route> routes() {
        return routes;
    }

    /** The port in use. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() throws IOException {
        housekeeping.close();
        server.close();
    }
}
