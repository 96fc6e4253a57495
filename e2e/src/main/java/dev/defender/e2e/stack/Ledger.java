/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The loss ledger of the node's event producers as the API serves it; the publisher's own stream, which captures
 * nothing, is left out.
 *
 * @param streams one per epoch of a producer
 */
public record Ledger(List<Stream> streams) {
    public record Totals(long captured, long delivered, long filtered, long lost) {
        static final Totals NONE = new Totals(0, 0, 0, 0);

        Totals plus(Totals other) {
            return new Totals(
                    captured + other.captured,
                    delivered + other.delivered,
                    filtered + other.filtered,
                    lost + other.lost);
        }

        public long inFlight() {
            return captured - delivered - filtered - lost;
        }
    }

    /**
     * One epoch of one producer.
     *
     * @param ended whether its last cut is known
     * @param unknown whether its totals did not survive
     * @param closes nothing is in flight and the cut's sequences have all arrived
     * @param classes by name of the record class, summed over containers
     * @param losses counts by reason, those of known count
     */
    public record Stream(
            String producer,
            String epoch,
            boolean ended,
            boolean unknown,
            boolean closes,
            Map<String, Totals> classes,
            Map<String, Long> losses) {}

    public static Ledger of(Api api) throws IOException, InterruptedException {
        List<Stream> streams = new ArrayList<>();
        for (JsonNode stream : api.get("/api/v1/ledger").path("items")) {
            if (!stream.path("producer").asText().equals("publisher")) {
                streams.add(stream(stream));
            }
        }
        return new Ledger(List.copyOf(streams));
    }

    private static Stream stream(JsonNode stream) {
        Map<String, Totals> classes = new TreeMap<>();
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
        Map<String, Long> losses = new TreeMap<>();
        for (JsonNode loss : stream.path("losses")) {
            losses.merge(loss.path("reason").asText(), loss.path("count").asLong(), Long::sum);
        }
        return new Stream(
                stream.path("producer").asText(),
                stream.path("epoch").asText(),
                stream.path("final").asBoolean(),
                stream.path("unknown").asBoolean(),
                stream.path("closes").asBoolean(),
                classes,
                losses);
    }

    /** Whether there is a stream and each closes. */
    public boolean closes() {
        return !streams.isEmpty() && streams.stream().allMatch(Stream::closes);
    }

    /** Totals by name of the record class, over all streams. */
    public Map<String, Totals> classes() {
        Map<String, Totals> classes = new TreeMap<>();
        streams.forEach(
                stream -> stream.classes().forEach((name, totals) -> classes.merge(name, totals, Totals::plus)));
        return classes;
    }

    public Totals total() {
        return classes().values().stream().reduce(Totals.NONE, Totals::plus);
    }
}
