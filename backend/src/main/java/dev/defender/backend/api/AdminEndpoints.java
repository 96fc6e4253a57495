/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.defender.backend.http.Access;
import dev.defender.backend.http.Exchange;
import dev.defender.backend.http.Json;
import dev.defender.backend.http.Problem;
import dev.defender.backend.http.ProblemException;
import dev.defender.backend.http.Route;
import dev.defender.backend.identity.Administration;
import dev.defender.backend.identity.EnrolmentToken;
import dev.defender.backend.identity.IdentityUnavailableException;
import dev.defender.backend.pki.NodeName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What an administrator changes: enrolment tokens, and which nodes may speak. */
final class AdminEndpoints {
    private static final int MAX_BODY_BYTES = 1024;
    private static final int MAX_VALID_HOURS = 90 * 24;

    private final Administration administration;

    AdminEndpoints(Administration administration) {
        this.administration = administration;
    }

    List<Route> routes() {
        String tokens = "/api/v1/clusters/{cluster}/enrolment-tokens";
        String revocation = "/api/v1/clusters/{cluster}/nodes/{node}/revocation";
        return List.of(
                new Route("GET", tokens, Access.ADMIN, this::tokens),
                new Route("POST", tokens, Access.ADMIN, this::mint),
                new Route("DELETE", tokens + "/{id}", Access.ADMIN, this::revokeToken),
                new Route("PUT", revocation, Access.ADMIN, this::revokeNode),
                new Route("DELETE", revocation, Access.ADMIN, this::readmitNode));
    }

    /** @param valid_hours how long the token can be used to enrol */
    record MintRequest(int valid_hours) {}

    private void mint(Exchange exchange) throws ProblemException, IOException {
        exchange.parameters();
        MintRequest request = Json.read(exchange, MAX_BODY_BYTES, MintRequest.class);
        if (request.valid_hours() < 1 || request.valid_hours() > MAX_VALID_HOURS) {
            throw new ProblemException(Problem.badRequest("valid_hours must be 1 to " + MAX_VALID_HOURS));
        }
        try {
            Administration.MintedToken minted = administration
                    .mintEnrolmentToken(
                            exchange.variable("cluster"), Duration.ofHours(request.valid_hours()), exchange.origin())
                    .orElseThrow(() -> new ProblemException(Problem.notFound("no cluster has this id")));
            Json.stream(exchange, 201, json -> {
                json.writeStartObject();
                fields(json, minted.token());
                json.writeStringField("secret", minted.secret());
                json.writeArrayFieldStart("revoked");
                for (String id : minted.revoked()) {
                    json.writeString(id);
                }
                json.writeEndArray();
                json.writeEndObject();
            });
        } catch (IdentityUnavailableException e) {
            throw Unavailable.problem(e);
        }
    }

    private void tokens(Exchange exchange) throws ProblemException, IOException {
        exchange.parameters();
        Json.stream(exchange, 200, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (EnrolmentToken token : administration.enrolmentTokens(exchange.variable("cluster"))) {
                json.writeStartObject();
                fields(json, token);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void fields(JsonGenerator json, EnrolmentToken token) throws IOException {
        json.writeStringField("id", token.id());
        json.writeStringField("cluster", token.cluster());
        json.writeStringField("created_at", token.createdAt().toString());
        json.writeStringField("expires_at", token.expiresAt().toString());
    }

    private void revokeToken(Exchange exchange) throws ProblemException, IOException {
        change(
                exchange,
                "the cluster has no valid enrolment token with this id",
                () -> administration.revokeEnrolmentToken(
                        exchange.variable("cluster"), exchange.variable("id"), exchange.origin()));
    }

    private void revokeNode(Exchange exchange) throws ProblemException, IOException {
        change(
                exchange,
                "the cluster has no enrolled node of this name",
                () -> administration.revokeNode(node(exchange), exchange.origin()));
    }

    private void readmitNode(Exchange exchange) throws ProblemException, IOException {
        change(
                exchange,
                "the cluster has no enrolled node of this name",
                () -> administration.readmitNode(node(exchange), exchange.origin()));
    }

    private static NodeName node(Exchange exchange) {
        return new NodeName(exchange.variable("cluster"), exchange.variable("node"));
    }

    /** A change; false = there is nothing to change. */
    @FunctionalInterface
    private interface Change {
        boolean apply() throws IdentityUnavailableException;
    }

    private static void change(Exchange exchange, String absent, Change change) throws ProblemException, IOException {
        exchange.parameters();
        try {
            if (!change.apply()) {
                throw new ProblemException(Problem.notFound(absent));
            }
        } catch (IdentityUnavailableException e) {
            throw Unavailable.problem(e);
        }
        exchange.send(204);
    }
}
