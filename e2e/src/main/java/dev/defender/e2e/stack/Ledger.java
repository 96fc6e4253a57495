/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sensor's ledger as the API serves it, summed over containers.
 *
 * @param classes by name of the record class
 * @param closes whether nothing is in flight and the epoch's last cut is known
 */
public record Ledger(Map<String, Totals> classes, boolean closes) {
    public record Totals(long captured, long delivered, long filtered, long lost) {
        Totals plus(Totals other) {
            return new Totals(
                    captured + other.captured,
                    delivered + other.delivered,
                    filtered + other.filtered,
                    lost + other.lost);
        }
    }

    public static Ledger of(Api api) throws IOException, InterruptedException {
        Map<String, Totals> classes = new TreeMap<>();
        boolean closes = true;
        int streams = 0;
        for (JsonNode stream : api.get("/api/v1/ledger").path("items")) {
            String producer = stream.path("producer").asText();
            if (producer.equals("publisher")) {
                continue;
            }
            streams++;
            closes &= stream.path("closes").asBoolean();
            for (JsonNode line : stream.path("lines")) {
                classes.merge(
                        line.path("class").asText(),
                        new Totals(
                                line.path("captured").asLong(),
                                line.path("delivered").asLong(),
                                line.path("filtered").asLong(),
                                line.path("lost").asLong()),
                        Totals::plus);
            }
        }
        return new Ledger(classes, closes && streams > 0);
    }

    public long lost() {
        return classes.values().stream().mapToLong(Totals::lost).sum();
    }

    public List<List<String>> rows() {
        return classes.entrySet().stream()
                .map(e -> List.of(
                        e.getKey(),
                        Long.toString(e.getValue().captured()),
                        Long.toString(e.getValue().delivered()),
                        Long.toString(e.getValue().filtered()),
                        Long.toString(e.getValue().lost())))
                .toList();
    }
}
