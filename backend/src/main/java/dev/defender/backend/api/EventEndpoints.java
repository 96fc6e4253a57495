/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.api;

import dev.defender.backend.filter.FilterParser;
import dev.defender.backend.http.Access;
import dev.defender.backend.http.Exchange;
import dev.defender.backend.http.Json;
import dev.defender.backend.http.Problem;
import dev.defender.backend.http.ProblemException;
import dev.defender.backend.http.Route;
import dev.defender.backend.ocsf.EventJson;
import dev.defender.backend.store.AlertRow;
import dev.defender.backend.store.AlertStore;
import dev.defender.backend.store.EventRow;
import dev.defender.backend.store.EventStore;
import dev.defender.backend.store.InventoryStore;
import dev.defender.backend.store.StoreUnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Events and alerts: pages and single ones. */
final class EventEndpoints {
    private final EventStore events;
    private final AlertStore alerts;
    private final WorkloadJoin workloads;

    EventEndpoints(EventStore events, AlertStore alerts, InventoryStore inventory) {
        this.events = events;
        this.alerts = alerts;
        this.workloads = new WorkloadJoin(inventory);
    }

    List<Route> routes() {
        ListEndpoint<EventRow> eventList = new ListEndpoint<>(
                FilterParser::events,
                (query, page) -> events.<Page.FullException>events(query, row -> page.add(row, row)),
                workloads::events,
                EventJson::write);
        ListEndpoint<AlertRow> alertList = new ListEndpoint<>(
                FilterParser::alerts,
                (query, page) -> alerts.<Page.FullException>alerts(query, row -> page.add(row, row.event())),
                workloads::alerts,
                EventJson::write);
        return List.of(
                new Route("GET", "/api/v1/events", Access.VIEWER, eventList),
                new Route("GET", "/api/v1/events/{position}", Access.VIEWER, this::event),
                new Route("GET", "/api/v1/alerts", Access.VIEWER, alertList),
                new Route("GET", "/api/v1/alerts/{alert_uid}", Access.VIEWER, this::alert));
    }

    private void event(Exchange exchange) throws ProblemException, IOException {
        exchange.parameters();
        try {
            EventRow row = events.event(position(exchange.variable("position")))
                    .orElseThrow(() -> new ProblemException(
                            Problem.notFound("no event has this position; it may have passed retention")));
            EventRow joined = workloads.events(List.of(row)).getFirst();
            Json.stream(exchange, 200, json -> EventJson.write(json, joined));
        } catch (StoreUnavailableException e) {
            throw Unavailable.problem(e);
        }
    }

    private static long position(String text) throws ProblemException {
        if (!text.matches("[0-9]{1,18}")) {
            throw new ProblemException(Problem.notFound("an event is named by its position, a whole number"));
        }
        return Long.parseLong(text);
    }

    private void alert(Exchange exchange) throws ProblemException, IOException {
        exchange.parameters();
        try {
            Optional<AlertRow> row = alerts.alert(exchange.variable("alert_uid"));
            AlertRow alert =
                    row.orElseThrow(() -> new ProblemException(Problem.notFound("no alert has this alert_uid")));
            AlertRow joined = workloads.alerts(List.of(alert)).getFirst();
            exchange.respondWith("ETag", "\"" + alert.version() + "\"");
            Json.stream(exchange, 200, json -> EventJson.write(json, joined));
        } catch (StoreUnavailableException e) {
            throw Unavailable.problem(e);
        }
    }
}
