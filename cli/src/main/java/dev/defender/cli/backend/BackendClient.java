/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.backend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.defender.cli.terminal.Failure;
import dev.defender.cli.web.Web;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls of the backend's API with a token. What it refuses becomes a sentence with its own words. */
public final class BackendClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Web web;
    private final String token;

    BackendClient(Web web, String token) {
        this.web = web;
        this.token = token;
    }

    public JsonNode get(String path) throws Failure {
        return call("GET", path, null);
    }

    public JsonNode post(String path, JsonNode body) throws Failure {
        return call("POST", path, body);
    }

    /** @param body null = none */
    public JsonNode put(String path, @Nullable JsonNode body) throws Failure {
        return call("PUT", path, body);
    }

    public JsonNode delete(String path) throws Failure {
        return call("DELETE", path, null);
    }

    /** Any text as a part of a path or query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode call(String method, String path, @Nullable JsonNode body) throws Failure {
        List<String> authorization = List.of("Authorization", "Bearer " + token);
        Web.Answer answer = body == null
                ? web.send(method, path, authorization, null)
                : web.send(
                        method,
                        path,
                        List.of("Authorization", "Bearer " + token, "Content-Type", "application/json"),
                        body.toString());
        JsonNode json = json(answer.body());
        if (answer.status() / 100 == 2) {
            return json;
        }
        String detail = json.path("detail").asText("that is no answer of this backend; is --backend right?");
        throw Failure.failed("the backend refused (" + answer.status() + "): " + detail);
    }

    private static JsonNode json(String body) {
        try {
            return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
