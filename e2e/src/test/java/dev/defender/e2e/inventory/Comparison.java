/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.inventory;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.defender.e2e.apiserver.KubeApi;
import dev.defender.e2e.stack.Api;
import dev.defender.misc.keep.Catalogue;
import dev.defender.misc.keep.Resource;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What the backend says of the cluster beside what the API server says. */
final class Comparison {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final KubeApi cluster;
    private final Api backend;

    Comparison(KubeApi cluster, Api backend) {
        this.cluster = cluster;
        this.backend = backend;
    }

    /** Waits until both say the same of every resource. */
    void awaitEqual() {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            for (Resource resource : Catalogue.load().resources()) {
                if (!resource.events()) {
                    org.assertj.core.api.Assertions.assertThat(known(resource.id()))
                            .as(resource.id())
                            .isEqualTo(real(resource));
                }
            }
        });
    }

    /** Objects of a resource by uid: namespace, name, labels and what else tells one state from the next. */
    private Map<String, String> real(Resource resource) throws IOException, InterruptedException {
        Map<String, String> objects = new TreeMap<>();
        if (resource.plural().equals("httproutes")) {
            return objects;
        }
        for (JsonNode object : cluster.list(resource.path())) {
            JsonNode metadata = object.path("metadata");
            objects.put(
                    metadata.path("uid").asText(),
                    summary(
                            metadata.path("namespace").asText(""),
                            metadata.path("name").asText(),
                            object));
        }
        return objects;
    }

    Map<String, String> known(String resource) throws IOException, InterruptedException {
        Map<String, String> objects = new TreeMap<>();
        String after = "0";
        while (true) {
            JsonNode page = backend.get("/api/v1/inventory?limit=1000&after=" + after + "&q="
                    + Api.encode("resource = " + resource + " and state = present"));
            for (JsonNode item : page.path("items")) {
                JsonNode object = item.at("/resources/0");
                objects.put(
                        object.path("uid").asText(),
                        summary(
                                object.path("namespace").asText(""),
                                object.path("name").asText(),
                                object.path("data")));
            }
            if (page.path("items").isEmpty()) {
                return objects;
            }
            after = page.path("next").asText();
        }
    }

    private static String summary(String namespace, String name, JsonNode object) {
        return namespace + "/" + name + " " + labels(object.at("/metadata/labels")) + " "
                + object.at("/spec/containers/0/image").asText() + " "
                + object.at("/spec/template/spec/containers/0/image").asText() + " "
                + object.at("/spec/replicas").asText() + " "
                + object.path("rules").size();
    }

    /** Without regard to order; an object without labels and one with none are the same. */
    private static Map<String, String> labels(JsonNode labels) {
        Map<String, String> sorted = new TreeMap<>();
        labels.properties()
                .forEach(label -> sorted.put(label.getKey(), label.getValue().asText()));
        return sorted;
    }
}
