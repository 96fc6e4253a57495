/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Bodies of the API server's answers. */
final class ApiObjects {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ApiObjects() {}

    /** What is no JSON, such as the page of a proxy, becomes a Status with its beginning. */
    static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return status(body.strip().lines().findFirst().orElse(""));
        }
    }

    static JsonNode status(String message) {
        return JSON.createObjectNode().put("kind", "Status").put("message", message);
    }
}
