/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.kube;

import com.fasterxml.jackson.databind.JsonNode;
import dev.defender.cli.terminal.Failure;
import dev.defender.cli.web.Web;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API server over HTTPS. */
final class DirectApi implements KubeApi {
    /** Keys are served under their own media type only. */
    private static final String ACCEPT = "application/json, application/jwk-set+json";

    private final Web web;
    private final @Nullable String token;

    /** @param token bearer token; null = the client certificate is the login */
    DirectApi(Web web, @Nullable String token) {
        this.web = web;
        this.token = token;
    }

    @Override
    public Reply get(String path) throws Failure {
        return send("GET", path, null);
    }

    @Override
    public Reply post(String path, JsonNode object) throws Failure {
        return send("POST", path, object.toString());
    }

    private Reply send(String method, String path, @Nullable String body) throws Failure {
        List<String> headers = new ArrayList<>(List.of("Accept", ACCEPT));
        if (token != null) {
            headers.addAll(List.of("Authorization", "Bearer " + token));
        }
        if (body != null) {
            headers.addAll(List.of("Content-Type", "application/json"));
        }
        Web.Answer answer = web.send(method, path, headers, body);
        if (answer.status() == 401) {
            throw Failure.failed("the API server does not know us (401): the credentials are wrong or over");
        }
        return new Reply(answer.status(), ApiObjects.parse(answer.body()));
    }
}
