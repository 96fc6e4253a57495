/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.defender.backend.http.Access;
import dev.defender.backend.http.Exchange;
import dev.defender.backend.http.Json;
import dev.defender.backend.http.Problem;
import dev.defender.backend.http.ProblemException;
import dev.defender.backend.http.Route;
import dev.defender.backend.identity.Administration;
import dev.defender.backend.identity.Cluster;
import dev.defender.backend.identity.Identities;
import dev.defender.backend.identity.IdentityUnavailableException;
import dev.defender.backend.identity.NodeKeySet;
import dev.defender.backend.nodetoken.BadNodeKeysException;
import dev.defender.backend.nodetoken.NodeKeys;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The clusters that nodes are enrolled in, and the keys by which a cluster vouches for its nodes. */
final class ClusterEndpoints {
    /** Room for 32 keys with the certificates that some issuers put beside them. */
    private static final int MAX_BODY_BYTES = 256 << 10;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?");

    private final Identities identities;
    private final Administration administration;

    ClusterEndpoints(Identities identities, Administration administration) {
        this.identities = identities;
        this.administration = administration;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/v1/clusters", Access.VIEWER, this::list),
                new Route("POST", "/api/v1/clusters", Access.ADMIN, this::add),
                new Route("PUT", "/api/v1/clusters/{cluster}/node-keys", Access.ADMIN, this::setKeys));
    }

    /** @param issuer with jwks or not at all */
    record AddRequest(
            String name, @Nullable String issuer, @Nullable JsonNode jwks) {}

    /** @param keep_previous whether the keys before stay in force too; absent = yes */
    record KeysRequest(
            String issuer, JsonNode jwks, @Nullable Boolean keep_previous) {}

    private void list(Exchange exchange) throws ProblemException, IOException {
        exchange.parameters();
        Json.stream(exchange, 200, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (Cluster cluster : identities.clusters()) {
                write(json, cluster);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private void add(Exchange exchange) throws ProblemException, IOException {
        exchange.parameters();
        AddRequest request = Json.read(exchange, MAX_BODY_BYTES, AddRequest.class);
        if (!NAME.matcher(request.name()).matches()) {
            throw new ProblemException(
                    Problem.badRequest("name must be 1 to 253 letters, digits, dots, dashes or underscores"));
        }
        String issuer = request.issuer();
        JsonNode jwks = request.jwks();
        if ((issuer == null) != (jwks == null)) {
            throw new ProblemException(Problem.badRequest("issuer and jwks go together"));
        }
        NodeKeys keys = issuer == null || jwks == null ? null : keys(issuer, jwks);
        try {
            Cluster cluster = administration
                    .addCluster(request.name(), keys, exchange.origin())
                    .orElseThrow(() -> new ProblemException(
                            Problem.conflict("a cluster is named so already; its id is among /api/v1/clusters")));
            Json.stream(exchange, 201, json -> write(json, cluster));
        } catch (IdentityUnavailableException e) {
            throw Unavailable.problem(e);
        }
    }

    private void setKeys(Exchange exchange) throws ProblemException, IOException {
        exchange.parameters();
        String id = exchange.variable("cluster");
        KeysRequest request = Json.read(exchange, MAX_BODY_BYTES, KeysRequest.class);
        NodeKeys keys = keys(request.issuer(), request.jwks());
        boolean keepPrevious = request.keep_previous() == null || request.keep_previous();
        try {
            if (!administration.setNodeKeys(id, keys, keepPrevious, exchange.origin())) {
                throw new ProblemException(Problem.notFound("no cluster has this id"));
            }
        } catch (IdentityUnavailableException e) {
            throw Unavailable.problem(e);
        }
        Cluster cluster = identities.cluster(id).orElseThrow();
        Json.stream(exchange, 200, json -> write(json, cluster));
    }

    private static NodeKeys keys(String issuer, JsonNode jwks) throws ProblemException {
        try {
            return NodeKeys.of(issuer, jwks.toString());
        } catch (BadNodeKeysException e) {
            throw new ProblemException(Problem.badRequest(String.valueOf(e.getMessage())));
        }
    }

    private void write(JsonGenerator json, Cluster cluster) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", cluster.id());
        json.writeStringField("name", cluster.name());
        json.writeStringField("created_at", cluster.createdAt().toString());
        json.writeNumberField(
                "nodes",
                identities.nodes().stream()
                        .filter(node -> node.name().cluster().equals(cluster.id()))
                        .count());
        json.writeArrayFieldStart("node_keys");
        for (NodeKeySet set : identities.nodeKeys(cluster.id())) {
            json.writeStartObject();
            json.writeStringField("issuer", set.keys().issuer());
            json.writeStringField("since", set.since().toString());
            json.writeArrayFieldStart("key_ids");
            for (String id : set.keys().keyIds()) {
                json.writeString(id);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
