/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.defender.cli.backend.BackendClient;
import dev.defender.cli.terminal.Failure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Clusters as the backend has them. */
final class Clusters {
    private static final String PATH = "/api/v1/clusters";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BackendClient backend;

    Clusters(BackendClient backend) {
        this.backend = backend;
    }

    JsonNode all() throws Failure {
        return backend.get(PATH).path("items");
    }

    Optional<JsonNode> named(String nameOrId) throws Failure {
        for (JsonNode cluster : all()) {
            if (cluster.path("id").asText().equals(nameOrId)
                    || cluster.path("name").asText().equals(nameOrId)) {
                return Optional.of(cluster);
            }
        }
        return Optional.empty();
    }

    /** The id of a cluster that must be there. */
    String id(String nameOrId) throws Failure {
        return named(nameOrId)
                .orElseThrow(() -> Failure.failed("the backend has no cluster named " + nameOrId
                        + "; defenderctl cluster list shows those it has"))
                .path("id")
                .asText();
    }

    JsonNode add(String name, SigningKeys.@Nullable Keys keys) throws Failure {
        ObjectNode body = JSON.createObjectNode().put("name", name);
        return backend.post(PATH, keys == null ? body : with(body, keys));
    }

    JsonNode setKeys(String id, SigningKeys.Keys keys, boolean keepPrevious) throws Failure {
        ObjectNode body = JSON.createObjectNode().put("keep_previous", keepPrevious);
        return backend.put(PATH + "/" + BackendClient.encoded(id) + "/node-keys", with(body, keys));
    }

    private static ObjectNode with(ObjectNode body, SigningKeys.Keys keys) {
        body.put("issuer", keys.issuer()).set("jwks", keys.jwks());
        return body;
    }

    /** With its secret. */
    JsonNode mintToken(String id, int validHours) throws Failure {
        return backend.post(
                PATH + "/" + BackendClient.encoded(id) + "/enrolment-tokens",
                JSON.createObjectNode().put("valid_hours", validHours));
    }

    void revoke(String id, String node) throws Failure {
        backend.put(revocation(id, node), null);
    }

    void allow(String id, String node) throws Failure {
        backend.delete(revocation(id, node));
    }

    private static String revocation(String id, String node) {
        return PATH + "/" + BackendClient.encoded(id) + "/nodes/" + BackendClient.encoded(node) + "/revocation";
    }
}
