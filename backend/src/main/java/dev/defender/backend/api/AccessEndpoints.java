/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.api;

import dev.defender.backend.http.Access;
import dev.defender.backend.http.Exchange;
import dev.defender.backend.http.Json;
import dev.defender.backend.http.Parameters;
import dev.defender.backend.http.ProblemException;
import dev.defender.backend.http.Route;
import dev.defender.backend.identity.AuditEntry;
import dev.defender.backend.identity.Caller;
import dev.defender.backend.identity.Identities;
import dev.defender.backend.identity.IdentityUnavailableException;
import java.io.IOException;
import java.util.List;

/** Who the caller is, and what was changed about who may do what. */
final class AccessEndpoints {
    private static final int MAX_AUDIT = 1000;
    private static final int DEFAULT_AUDIT = 100;

    private final Identities identities;

    AccessEndpoints(Identities identities) {
        this.identities = identities;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/v1/me", Access.VIEWER, AccessEndpoints::me),
                new Route("GET", "/api/v1/audit", Access.ADMIN, this::audit));
    }

    private static void me(Exchange exchange) throws ProblemException, IOException {
        exchange.parameters();
        if (!(exchange.caller() instanceof Caller.User user)) {
            throw new IllegalStateException("the route must be for users");
        }
        Json.stream(exchange, 200, json -> {
            json.writeStartObject();
            json.writeStringField("token_id", user.tokenId());
            json.writeStringField("name", user.name());
            json.writeStringField("role", user.role().label());
            json.writeEndObject();
        });
    }

    private void audit(Exchange exchange) throws ProblemException, IOException {
        Parameters parameters = exchange.parameters("after", "limit");
        long before = parameters.number("after", 1, Long.MAX_VALUE, Long.MAX_VALUE);
        int limit = (int) parameters.number("limit", 1, MAX_AUDIT, DEFAULT_AUDIT);
        try {
            List<AuditEntry> entries = identities.audit(before, limit);
            Json.stream(exchange, 200, json -> {
                json.writeStartObject();
                json.writeArrayFieldStart("items");
                for (AuditEntry entry : entries) {
                    json.writeStartObject();
                    json.writeStringField("id", Long.toString(entry.id()));
                    json.writeStringField("at", entry.at().toString());
                    json.writeStringField("actor", entry.actor());
                    json.writeStringField("remote", entry.remote());
                    json.writeStringField("action", entry.action());
                    json.writeStringField("subject", entry.subject());
                    json.writeStringField("detail", entry.detail());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeStringField(
                        "next",
                        Long.toString(
                                entries.isEmpty() ? before : entries.getLast().id()));
                json.writeEndObject();
            });
        } catch (IdentityUnavailableException e) {
            throw Unavailable.problem(e);
        }
    }
}
