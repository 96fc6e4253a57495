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
        name = "alerts",
        header = "Lists alerts, the newest first.",
        description = "Example: defenderctl alerts -q 'severity >= high and alert_type startswith K8S'")
public final class AlertsCommand implements Callable<Integer> {
    private static final int SHORT_ID = 12;

    private final Terminal terminal;

    @Mixin
    final BackendOptions backend = new BackendOptions();

    @Mixin
    final OutputFormat output = new OutputFormat();

    @Option(
            names = {"-q", "--query"},
            paramLabel = "FILTER",
            description = "only those that the filter holds for")
    @Nullable
    String query;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "20",
            description = "at most so many, 1 to 1000 (default ${DEFAULT-VALUE})")
    int limit;

    public AlertsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        String path = "/api/v1/alerts?order=newest&limit=" + limit;
        JsonNode items = backend.client(terminal)
                .get(query == null ? path : path + "&q=" + BackendClient.encoded(query))
                .path("items");
        if (output.json()) {
            OutputFormat.print(terminal, items);
            return 0;
        }
        Table table = new Table("TIME", "SEVERITY", "TYPE", "NODE", "POD", "MESSAGE");
        for (JsonNode alert : items) {
            JsonNode ours = alert.path("defender");
            table.row(
                    alert.path("time_dt").asText(),
                    alert.path("severity").asText(),
                    ours.path("alert_type").asText(),
                    ours.path("node").asText(),
                    where(alert),
                    alert.path("message").asText());
        }
        table.print(terminal.out());
        return 0;
    }

    /** namespace/pod; without one the container; without that the host. */
    private static String where(JsonNode alert) {
        JsonNode pod = alert.at("/defender/pod");
        if (pod.has("name")) {
            return pod.path("namespace").asText() + "/" + pod.path("name").asText();
        }
        String container = alert.at("/container/uid").asText();
        return container.isEmpty() ? "host" : container.substring(0, Math.min(SHORT_ID, container.length()));
    }
}
