/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.defender.protocol.v1.InventoryObject;
import java.io.IOException;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A reported object with what of it stands in columns of its own.
 *
 * @param images one per line; null: none
 * @param body JSON that PostgreSQL takes
 */
record InventoryChange(
        InventoryObject object,
        @Nullable String node,
        @Nullable String serviceAccount,
        @Nullable String images,
        @Nullable String reason,
        String body) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] POD_SPECS = {"/spec", "/spec/template/spec", "/spec/jobTemplate/spec/template/spec"};

    static InventoryChange of(InventoryObject object) {
        JsonNode body = parse(object);
        JsonNode pod = JsonNodeFactory.instance.missingNode();
        for (String path : POD_SPECS) {
            pod = body.at(path).has("containers") ? body.at(path) : pod;
        }
        return new InventoryChange(
                object,
                text(pod.path("nodeName")),
                text(pod.path("serviceAccountName")),
                images(pod),
                text(body.path("reason")),
                body.toString().replace("\\u0000", "\\ufffd"));
    }

    /** What is no JSON is kept as an empty object: who the object is still stands. */
    private static JsonNode parse(InventoryObject object) {
        try {
            JsonNode body = JSON.readTree(object.getData().newInput());
            return body != null && body.isObject() ? body : JsonNodeFactory.instance.objectNode();
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.objectNode();
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory could not be read", e);
        }
    }

    private static @Nullable String images(JsonNode pod) {
        StringJoiner images = new StringJoiner("\n").setEmptyValue("");
        for (String list : new String[] {"initContainers", "containers", "ephemeralContainers"}) {
            for (JsonNode container : pod.path(list)) {
                String image = text(container.path("image"));
                if (image != null) {
                    images.add(image);
                }
            }
        }
        return images.length() == 0 ? null : images.toString();
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() && !node.asText().isEmpty() ? CopyBuffer.withoutNul(node.asText()) : null;
    }

    /** Decimal of 64 bits; what is none is older than everything. */
    static long version(String resourceVersion) {
        try {
            return Math.max(0, Long.parseLong(resourceVersion));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
