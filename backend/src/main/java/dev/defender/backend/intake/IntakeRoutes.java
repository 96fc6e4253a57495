/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.intake;

import dev.defender.backend.batch.ByteBudget;
import dev.defender.backend.http.Access;
import dev.defender.backend.http.Endpoint;
import dev.defender.backend.http.Route;
import dev.defender.backend.identity.Enrolment;
import dev.defender.backend.store.EventLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;

/** The routes under /ingest/v1. */
public final class IntakeRoutes {
    private IntakeRoutes() {}

    public static List<Route> routes(
            Enrolment enrolment, EventLog log, ByteBudget budget, MeterRegistry meters, InstantSource clock) {
        Endpoint enrol = new EnrolEndpoint(enrolment);
        Endpoint batches = new BatchEndpoint(log, budget, new IntakeMeters(meters, budget), clock);
        return List.of(
                // Open to the transport: the endpoint itself asks for the enrolment token.
                new Route("POST", "/ingest/v1/enroll", Access.OPEN, enrol),
                new Route("POST", "/ingest/v1/renew", Access.NODE, enrol),
                new Route("POST", "/ingest/v1/batches", Access.NODE, batches));
    }
}
