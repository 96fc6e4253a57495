/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.defender.backend.http.Endpoint;
import dev.defender.backend.http.Exchange;
import dev.defender.backend.http.Json;
import dev.defender.backend.http.Parameters;
import dev.defender.backend.http.Problem;
import dev.defender.backend.http.ProblemException;
import dev.defender.backend.ocsf.RecordNames;
import dev.defender.backend.store.LaneMark;
import dev.defender.backend.store.LedgerLine;
import dev.defender.backend.store.LedgerQuery;
import dev.defender.backend.store.LedgerStore;
import dev.defender.backend.store.LossLine;
import dev.defender.backend.store.StoreUnavailableException;
import dev.defender.backend.store.StreamLedger;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The loss ledger: one item per stream. */
final class LedgerEndpoint implements Endpoint {
    private final LedgerStore store;

    LedgerEndpoint(LedgerStore store) {
        this.store = store;
    }

    @Override
    public void serve(Exchange exchange) throws ProblemException, IOException {
        Parameters parameters = exchange.parameters("cluster", "node", "boot_id", "producer", "epoch");
        LedgerQuery query = new LedgerQuery(
                text(parameters, "cluster"),
                text(parameters, "node"),
                text(parameters, "boot_id"),
                text(parameters, "producer"),
                parameters.text("epoch") == null ? null : parameters.number("epoch", 1, Long.MAX_VALUE, 1));
        try {
            List<StreamLedger> streams = store.ledger(query);
            Json.stream(exchange, 200, json -> {
                json.writeStartObject();
                json.writeArrayFieldStart("items");
                for (StreamLedger stream : streams) {
                    write(json, stream);
                }
                json.writeEndArray();
                json.writeEndObject();
            });
        } catch (StoreUnavailableException e) {
            throw Unavailable.problem(e);
        }
    }

    /** No stored name has a U+0000, and PostgreSQL refuses one in a parameter. */
    private static @Nullable String text(Parameters parameters, String name) throws ProblemException {
        String text = parameters.text(name);
        if (text != null && text.indexOf('\0') >= 0) {
            throw new ProblemException(
                    Problem.badRequest("parameter \"" + name + "\" cannot contain the character U+0000"));
        }
        return text;
    }

    private static void write(JsonGenerator json, StreamLedger stream) throws IOException {
        json.writeStartObject();
        json.writeStringField("cluster", stream.cluster());
        json.writeStringField("node", stream.node());
        json.writeStringField("boot_id", stream.bootId());
        json.writeStringField("producer", stream.producer());
        json.writeStringField("epoch", Long.toString(stream.epoch()));
        json.writeBooleanField("final", stream.finalCut());
        json.writeBooleanField("unknown", stream.unknown());
        json.writeBooleanField("closes", stream.closes());
        if (stream.lastCut() != null) {
            json.writeStringField("last_cut", stream.lastCut().toString());
        }
        json.writeArrayFieldStart("lanes");
        for (LaneMark lane : stream.lanes()) {
            json.writeStartObject();
            json.writeStringField("lane", RecordNames.lane(lane.lane()));
            json.writeNumberField("mark", lane.mark());
            json.writeNumberField("last_sequence", lane.lastSequence());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("lines");
        for (LedgerLine line : stream.lines()) {
            write(json, line);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("losses");
        for (LossLine loss : stream.losses()) {
            write(json, loss);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, LedgerLine line) throws IOException {
        json.writeStartObject();
        json.writeStringField("class", RecordNames.recordClass(line.recordClass()));
        json.writeNumberField("row", line.row());
        json.writeStringField("container", line.containerUid());
        json.writeNumberField("captured", line.captured());
        json.writeNumberField("delivered", line.delivered());
        json.writeNumberField("filtered", line.filtered());
        json.writeNumberField("lost", line.lost());
        json.writeNumberField("in_flight", line.inFlight());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, LossLine loss) throws IOException {
        json.writeStartObject();
        json.writeStringField("class", RecordNames.recordClass(loss.recordClass()));
        json.writeStringField("container", loss.containerUid());
        json.writeStringField("reason", RecordNames.lossReason(loss.reason()));
        json.writeStringField("accuracy", RecordNames.accuracy(loss.accuracy()));
        json.writeNumberField("count", loss.count());
        json.writeStringField("reporter", loss.reporter());
        json.writeStringField("detail", loss.detail());
        json.writeStringField("first_time_boot_ns", Long.toString(loss.firstTimeBootNs()));
        json.writeStringField("last_time_boot_ns", Long.toString(loss.lastTimeBootNs()));
        json.writeEndObject();
    }
}
