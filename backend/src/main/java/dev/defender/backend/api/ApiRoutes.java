/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.api;

import dev.defender.backend.http.Access;
import dev.defender.backend.http.Route;
import dev.defender.backend.identity.Administration;
import dev.defender.backend.identity.Identities;
import dev.defender.backend.store.AlertStore;
import dev.defender.backend.store.EventStore;
import dev.defender.backend.store.InventoryStore;
import dev.defender.backend.store.LedgerStore;
import dev.defender.backend.store.SensorStore;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The routes under /api/v1, and the probes beside it. */
public final class ApiRoutes {
    private ApiRoutes() {}

    public static List<Route> routes(
            EventStore events,
            AlertStore alerts,
            LedgerStore ledger,
            SensorStore sensors,
            InventoryStore inventory,
            Identities identities) {
        List<Route> routes = new ArrayList<>(new EventEndpoints(events, alerts, inventory).routes());
        routes.addAll(new InventoryEndpoints(inventory).routes());
        routes.add(new Route("GET", "/api/v1/openapi.yaml", Access.OPEN, new ApiDescription()));
        routes.add(new Route("GET", "/api/v1/ledger", Access.VIEWER, new LedgerEndpoint(ledger)));
        routes.add(new Route("GET", "/api/v1/sensors", Access.VIEWER, new SensorsEndpoint(identities, sensors)));
        routes.addAll(new AccessEndpoints(identities).routes());
        Administration administration = new Administration(identities);
        routes.addAll(new ClusterEndpoints(identities, administration).routes());
        routes.addAll(new AdminEndpoints(administration).routes());
        return routes;
    }

    /** @param ready whether the store answers now */
    public static List<Route> probes(BooleanSupplier ready, PrometheusMeterRegistry meters) {
        return new ProbeEndpoints(ready, meters).routes();
    }
}
