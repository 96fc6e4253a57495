/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.defender.cli.backend.BackendClient;
import dev.defender.cli.backend.BackendOptions;
import dev.defender.cli.terminal.Failure;
import dev.defender.cli.terminal.Table;
import dev.defender.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "list", header = "Lists the enrolled nodes of a cluster.")
final class NodeList implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "CLUSTER", description = "its name or id")
    String cluster = "";

    @Mixin
    final BackendOptions backend = new BackendOptions();

    NodeList(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        BackendClient client = backend.client(terminal);
        String id = new Clusters(client).id(cluster);
        Table table = new Table("NODE", "STATE", "ENROLLED", "CERTIFICATE UNTIL", "LAST HEARD OF", "LOST");
        for (JsonNode node : client.get("/api/v1/sensors").path("items")) {
            if (node.path("cluster").asText().equals(id)) {
                table.row(
                        node.path("node").asText(),
                        node.has("revoked_at") ? "revoked" : "enrolled",
                        node.path("enrolled_at").asText(),
                        node.path("certificate_not_after").asText(),
                        lastReceived(node.path("producers")),
                        lost(node.path("producers")));
            }
        }
        table.print(terminal.out());
        return 0;
    }

    private static String lastReceived(JsonNode producers) {
        String last = "never";
        for (JsonNode producer : producers) {
            String received = producer.path("last_received").asText();
            last = last.equals("never") || received.compareTo(last) > 0 ? received : last;
        }
        return last;
    }

    private static long lost(JsonNode producers) {
        long lost = 0;
        for (JsonNode producer : producers) {
            lost += producer.path("lost").asLong();
        }
        return lost;
    }
}
