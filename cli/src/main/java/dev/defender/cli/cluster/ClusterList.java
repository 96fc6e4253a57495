/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.defender.cli.backend.BackendOptions;
import dev.defender.cli.terminal.Failure;
import dev.defender.cli.terminal.Table;
import dev.defender.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", header = "Lists the clusters of the backend.")
final class ClusterList implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    final BackendOptions backend = new BackendOptions();

    ClusterList(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        Table table = new Table("NAME", "ID", "NODES", "NODE PROOF", "CREATED");
        for (JsonNode cluster : new Clusters(backend.client(terminal)).all()) {
            table.row(
                    cluster.path("name").asText(),
                    cluster.path("id").asText(),
                    cluster.path("nodes").asLong(),
                    proof(cluster.path("node_keys")),
                    cluster.path("created_at").asText());
        }
        table.print(terminal.out());
        return 0;
    }

    private static String proof(JsonNode sets) {
        int keys = 0;
        for (JsonNode set : sets) {
            keys += set.path("key_ids").size();
        }
        return keys == 0 ? "none" : keys + (keys == 1 ? " key" : " keys");
    }
}
