/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Fills and changes a cluster through its API, quicker than kubectl does. Safe for use by several threads. */
public final class KubeApi {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int AT_ONCE = 16;

    private final URI server;
    private final String token;
    private final HttpClient client;
    private final ObjectMapper json = new ObjectMapper();

    /** One thing to be made: where, and what. */
    public record Creation(String collection, JsonNode object) {}

    /** @param token of an administrator */
    public KubeApi(URI server, Path ca, String token) throws IOException, GeneralSecurityException {
        this.server = server;
        this.token = token;
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(ca)) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        client = HttpClient.newBuilder()
                .sslContext(tls)
                .connectTimeout(TIMEOUT)
                .version(HttpClient.Version.HTTP_2)
                .build();
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    /** Every object of a collection, over all its pages. */
    public List<JsonNode> list(String collection) throws IOException, InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        String more = "";
        do {
            JsonNode page = get(collection + "?limit=500" + (more.isEmpty() ? "" : "&continue=" + more));
            page.path("items").forEach(items::add);
            more = page.at("/metadata/continue").asText("");
        } while (!more.isEmpty());
        return items;
    }

    /** Creates all, many at a time; what is there already stays. */
    public void create(Iterable<Creation> creations) throws IOException, InterruptedException {
        Semaphore permits = new Semaphore(AT_ONCE);
        List<String> failures = new CopyOnWriteArrayList<>();
        for (Creation creation : creations) {
            permits.acquire();
            client.sendAsync(
                            request(creation.collection())
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(creation.object())))
                                    .build(),
                            BodyHandlers.ofString())
                    .whenComplete((answer, thrown) -> {
                        permits.release();
                        if (thrown != null) {
                            failures.add(thrown.toString());
                        } else if (answer.statusCode() != 201 && answer.statusCode() != 409) {
                            failures.add(answer.statusCode() + " " + answer.body());
                        }
                    });
        }
        permits.acquire(AT_ONCE);
        if (!failures.isEmpty()) {
            throw new IOException(failures.size() + " objects were not created, the first: " + failures.getFirst());
        }
    }

    /** Changes labels of one object. */
    public JsonNode label(String path, Map<String, String> labels) throws IOException, InterruptedException {
        JsonNode patch = json.valueToTree(Map.of("metadata", Map.of("labels", labels)));
        return send(request(path)
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofByteArray(json.writeValueAsBytes(patch)))
                .build());
    }

    public void delete(String path) throws IOException, InterruptedException {
        send(request(path + "?gracePeriodSeconds=0").DELETE().build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(TIMEOUT).header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() >= 300) {
            throw new IOException(
                    request.method() + " " + request.uri().getPath() + " answered " + answer.statusCode());
        }
        return json.readTree(answer.body());
    }
}
