/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.api;

import dev.defender.backend.testbed.Answer;
import dev.defender.backend.testbed.ApiServerKey;
import dev.defender.backend.testbed.Client;
import dev.defender.backend.testbed.NodeKey;
import dev.defender.backend.testbed.TestService;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

/** The operations on clusters, held against the document. */
final class ClusterOperations {
    private static final String CLUSTERS = "/api/v1/clusters";
    private static final String KEYS = "/api/v1/clusters/{cluster}/node-keys";

    private final TestService service;
    private final Client client;
    private final OpenApi document;
    private final String admin;
    private final String viewer;
    private final String keys;

    ClusterOperations(TestService service, Client client, OpenApi document) throws Exception {
        this.service = service;
        this.client = client;
        this.document = document;
        admin = service.token("admin");
        viewer = service.token("viewer");
        keys = "\"issuer\":\"https://cluster\",\"jwks\":" + ApiServerKey.jwks(ApiServerKey.ec("k"));
    }

    void check() throws Exception {
        service.clock.advance(Duration.ofSeconds(1)); // so that the test's own cluster stays the first
        Answer added = post("{\"name\":\"second\"," + keys + "}", 201);
        post("{\"name\":\"second\"}", 409);
        post("{\"name\":\"not / a name\"}", 400);
        post("{\"name\":\"third\",\"issuer\":\"https://cluster\"}", 400);
        post("{\"name\":\"" + "x".repeat(300_000) + "\"}", 413);
        refusals("POST " + CLUSTERS, CLUSTERS, "{\"name\":\"fourth\"}", false);

        String keysAt = CLUSTERS + "/" + added.json().path("id").asText() + "/node-keys";
        document.check("PUT " + KEYS, 200, client.putJson(keysAt, admin, "{" + keys + "}"));
        document.check("PUT " + KEYS, 400, client.putJson(keysAt, admin, "{\"issuer\":\"x\",\"jwks\":{}}"));
        document.check("PUT " + KEYS, 404, client.putJson(CLUSTERS + "/none/node-keys", admin, "{" + keys + "}"));
        document.check("PUT " + KEYS, 413, client.putJson(keysAt, admin, " ".repeat(300_000)));
        refusals(
                "PUT " + KEYS,
                keysAt,
                "{\"issuer\":\"https://moved\",\"jwks\":" + ApiServerKey.jwks(ApiServerKey.ec("l")) + "}",
                true);

        document.check("GET " + CLUSTERS, 200, client.get(CLUSTERS, viewer));
        document.check("GET " + CLUSTERS, 400, client.get(CLUSTERS + "?x=1", viewer));
        document.check("GET " + CLUSTERS, 401, client.get(CLUSTERS, null));
        withoutNodeToken(added.json().path("id").asText());
    }

    private Answer post(String body, int status) throws Exception {
        Answer answer = client.postJson(CLUSTERS, admin, body);
        document.check("POST " + CLUSTERS, status, answer);
        return answer;
    }

    private void refusals(String operation, String path, String good, boolean put) throws Exception {
        document.check(operation, 401, send(put, path, "none", good));
        document.check(operation, 403, send(put, path, viewer, good));
        var bare = client.request(path, admin);
        var body = BodyPublishers.ofString(good);
        document.check(operation, 415, client.send(put ? bare.PUT(body) : bare.POST(body)));
        service.identityStore.available(false);
        document.check(operation, 503, send(put, path, admin, good));
        service.identityStore.available(true);
    }

    private Answer send(boolean put, String path, String token, String body) throws Exception {
        return put ? client.putJson(path, token, body) : client.postJson(path, token, body);
    }

    private void withoutNodeToken(String cluster) throws Exception {
        String secret = client.postJson(CLUSTERS + "/" + cluster + "/enrolment-tokens", admin, "{\"valid_hours\":1}")
                .json()
                .path("secret")
                .asText();
        document.check(
                "POST /ingest/v1/enroll",
                403,
                client.postJson("/ingest/v1/enroll", secret, NodeKey.generate().request("node-9")));
    }
}
