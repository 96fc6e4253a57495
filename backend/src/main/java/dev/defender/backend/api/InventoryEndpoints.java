/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.api;

import dev.defender.backend.filter.FilterParser;
import dev.defender.backend.http.Access;
import dev.defender.backend.http.Exchange;
import dev.defender.backend.http.Json;
import dev.defender.backend.http.ProblemException;
import dev.defender.backend.http.Route;
import dev.defender.backend.ocsf.InventoryJson;
import dev.defender.backend.store.InventoryListRow;
import dev.defender.backend.store.InventoryRow;
import dev.defender.backend.store.InventoryStore;
import dev.defender.backend.store.StoreUnavailableException;
import java.io.IOException;
import java.util.List;

/** Kubernetes objects of the clusters, and how complete they are known. */
final class InventoryEndpoints {
    private final InventoryStore inventory;

    InventoryEndpoints(InventoryStore inventory) {
        this.inventory = inventory;
    }

    List<Route> routes() {
        ListEndpoint<InventoryRow> objects = new ListEndpoint<>(
                FilterParser::objects,
                (query, page) -> inventory.<Page.FullException>objects(
                        query, row -> page.add(row, row.position(), row.body().length())),
                rows -> rows,
                InventoryJson::write);
        return List.of(
                new Route("GET", "/api/v1/inventory", Access.VIEWER, objects),
                new Route("GET", "/api/v1/inventory/lists", Access.VIEWER, this::lists));
    }

    private void lists(Exchange exchange) throws ProblemException, IOException {
        exchange.parameters();
        try {
            List<InventoryListRow> lists = inventory.lists();
            Json.stream(exchange, 200, json -> {
                json.writeStartObject();
                json.writeArrayFieldStart("items");
                for (InventoryListRow list : lists) {
                    InventoryJson.write(json, list);
                }
                json.writeEndArray();
                json.writeEndObject();
            });
        } catch (StoreUnavailableException e) {
            throw Unavailable.problem(e);
        }
    }
}
