/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.defender.backend.http.Endpoint;
import dev.defender.backend.http.Exchange;
import dev.defender.backend.http.Json;
import dev.defender.backend.http.ProblemException;
import dev.defender.backend.identity.Identities;
import dev.defender.backend.identity.NodeEntry;
import dev.defender.backend.pki.NodeName;
import dev.defender.backend.store.ProducerStatus;
import dev.defender.backend.store.SensorStore;
import dev.defender.backend.store.StoreUnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Health of every enrolled node, also of those that never sent anything. */
final class SensorsEndpoint implements Endpoint {
    private final Identities identities;
    private final SensorStore store;

    SensorsEndpoint(Identities identities, SensorStore store) {
        this.identities = identities;
        this.store = store;
    }

    @Override
    public void serve(Exchange exchange) throws ProblemException, IOException {
        exchange.parameters();
        try {
            Map<NodeName, List<ProducerStatus>> producers = store.producers().stream()
                    .collect(Collectors.groupingBy(status -> new NodeName(status.cluster(), status.node())));
            Json.stream(exchange, 200, json -> {
                json.writeStartObject();
                json.writeArrayFieldStart("items");
                for (NodeEntry node : identities.nodes()) {
                    write(json, node, producers.getOrDefault(node.name(), List.of()));
                }
                json.writeEndArray();
                json.writeEndObject();
            });
        } catch (StoreUnavailableException e) {
            throw Unavailable.problem(e);
        }
    }

    private static void write(JsonGenerator json, NodeEntry node, List<ProducerStatus> producers) throws IOException {
        json.writeStartObject();
        json.writeStringField("cluster", node.name().cluster());
        json.writeStringField("node", node.name().node());
        json.writeStringField("enrolled_at", node.enrolledAt().toString());
        if (node.revokedAt() != null) {
            json.writeStringField("revoked_at", node.revokedAt().toString());
        }
        json.writeStringField(
                "certificate_not_after", node.certificateNotAfter().toString());
        json.writeArrayFieldStart("producers");
        for (ProducerStatus producer : producers) {
            HealthJson.write(json, producer);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
