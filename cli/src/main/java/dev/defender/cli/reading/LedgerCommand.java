/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.defender.cli.backend.BackendClient;
import dev.defender.cli.backend.BackendOptions;
import dev.defender.cli.terminal.Failure;
import dev.defender.cli.terminal.Table;
import dev.defender.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "ledger",
        header = "Shows what was captured and what became of it: delivered, filtered, lost or in flight.",
        description = "A row is one run of a producer on a node. It closes when nothing is in flight.")
public final class LedgerCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    final BackendOptions backend = new BackendOptions();

    @Mixin
    final OutputFormat output = new OutputFormat();

    @Option(names = "--node", paramLabel = "NAME", description = "only this node")
    @Nullable
    String node;

    @Option(names = "--cluster", paramLabel = "ID", description = "only the cluster of this id")
    @Nullable
    String cluster;

    public LedgerCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        JsonNode items = backend.client(terminal)
                .get("/api/v1/ledger" + parameter("?", "node", node)
                        + parameter(node == null ? "?" : "&", "cluster", cluster))
                .path("items");
        if (output.json()) {
            OutputFormat.print(terminal, items);
            return 0;
        }
        Table table = new Table(
                "NODE", "PRODUCER", "EPOCH", "CAPTURED", "DELIVERED", "FILTERED", "LOST", "IN FLIGHT", "STATE");
        for (JsonNode stream : items) {
            JsonNode lines = stream.path("lines");
            table.row(
                    stream.path("node").asText(),
                    stream.path("producer").asText(),
                    stream.path("epoch").asText(),
                    sum(lines, "captured"),
                    sum(lines, "delivered"),
                    sum(lines, "filtered"),
                    sum(lines, "lost"),
                    sum(lines, "in_flight"),
                    state(stream));
        }
        table.print(terminal.out());
        return 0;
    }

    private static String parameter(String separator, String name, @Nullable String value) {
        return value == null ? "" : separator + name + "=" + BackendClient.encoded(value);
    }

    private static long sum(JsonNode lines, String member) {
        long sum = 0;
        for (JsonNode line : lines) {
            sum += line.path(member).asLong();
        }
        return sum;
    }

    private static String state(JsonNode stream) {
        if (stream.path("unknown").asBoolean()) {
            return "unknown";
        }
        return (stream.path("closes").asBoolean() ? "closes" : "open")
                + (stream.path("final").asBoolean() ? ", ended" : ", running");
    }
}
