/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.api;

import dev.defender.backend.http.Access;
import dev.defender.backend.http.Exchange;
import dev.defender.backend.http.Json;
import dev.defender.backend.http.Problem;
import dev.defender.backend.http.ProblemException;
import dev.defender.backend.http.Route;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;

/** For whoever watches the backend: alive, ready, metrics. */
final class ProbeEndpoints {
    private static final int RETRY_AFTER_SECONDS = 2;

    private final BooleanSupplier ready;
    private final PrometheusMeterRegistry meters;

    ProbeEndpoints(BooleanSupplier ready, PrometheusMeterRegistry meters) {
        this.ready = ready;
        this.meters = meters;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/healthz", Access.OPEN, ProbeEndpoints::ok),
                new Route("GET", "/readyz", Access.OPEN, this::ready),
                new Route("GET", "/metrics", Access.VIEWER, this::metrics));
    }

    private static void ok(Exchange exchange) throws IOException {
        Json.stream(exchange, 200, json -> {
            json.writeStartObject();
            json.writeStringField("status", "ok");
            json.writeEndObject();
        });
    }

    private void ready(Exchange exchange) throws ProblemException, IOException {
        if (!ready.getAsBoolean()) {
            throw new ProblemException(Problem.unavailable("the store does not answer", RETRY_AFTER_SECONDS));
        }
        ok(exchange);
    }

    private void metrics(Exchange exchange) throws IOException {
        exchange.send(
                200, "text/plain; version=0.0.4; charset=utf-8", meters.scrape().getBytes(StandardCharsets.UTF_8));
    }
}
