/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.defender.e2e.stack.Api;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * This run's alerts as the API serves them.
 *
 * @param alerts each whose trigger carries the run's id in its arguments
 */
public record Findings(List<Alert> alerts) {
    private static final int SHORT_ID = 12;

    /**
     * One alert.
     *
     * @param commandLine of the process that triggered it
     * @param lineage "parent ← grandparent ← …"
     * @param container "namespace/pod/container", else the container's short id, else "host"
     * @param context how much was known of the container: full, late, missing; empty outside of containers
     */
    public record Alert(
            String time,
            String severity,
            String alertType,
            String rule,
            String commandLine,
            String lineage,
            String container,
            String context,
            double latencyMillis) {}

    public static Findings of(Api api, String runId) throws IOException, InterruptedException {
        List<Alert> alerts = new ArrayList<>();
        String cursor = "";
        while (true) {
            JsonNode page =
                    api.get("/api/v1/alerts?limit=1000" + (cursor.isEmpty() ? "" : "&after=" + Api.encode(cursor)));
            JsonNode items = page.path("items");
            for (JsonNode item : items) {
                Alert alert = alert(item);
                if (alert.commandLine().contains("demo-" + runId + "-")) {
                    alerts.add(alert);
                }
            }
            // A page may be short for its size in bytes; only an empty one is the end.
            if (items.isEmpty()) {
                return new Findings(List.copyOf(alerts));
            }
            cursor = page.path("next").asText();
        }
    }

    private static Alert alert(JsonNode item) {
        JsonNode defender = item.path("defender");
        JsonNode process = item.path("process");
        List<String> lineage = new ArrayList<>();
        for (JsonNode ancestor : defender.path("ancestors")) {
            lineage.add(ancestor.path("name").asText());
        }
        return new Alert(
                item.path("time_dt").asText(),
                item.path("severity").asText(),
                defender.path("alert_type").asText(),
                defender.path("rule").asText(),
                process.path("cmd_line").asText(),
                String.join(" ← ", lineage),
                container(item),
                defender.path("context").asText(),
                defender.path("latency_ms").asDouble());
    }

    /** {@code namespace/pod/container} where that is known, else the container's short id. */
    private static String container(JsonNode item) {
        String id = item.path("container").path("uid").asText("");
        JsonNode pod = item.path("defender").path("pod");
        if (id.isEmpty()) {
            return "host";
        }
        if (!pod.has("name")) {
            return id.substring(0, Math.min(SHORT_ID, id.length()));
        }
        return pod.path("namespace").asText() + "/" + pod.path("name").asText() + "/"
                + item.path("container").path("name").asText();
    }

    public boolean raised(String alertType, String tag) {
        return alerts.stream()
                .anyMatch(
                        a -> a.alertType().equals(alertType) && a.commandLine().contains(tag));
    }

    public List<Alert> about(String tag) {
        return alerts.stream().filter(a -> a.commandLine().contains(tag)).toList();
    }
}
