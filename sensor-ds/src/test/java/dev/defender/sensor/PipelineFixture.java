/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.defender.link.LaneWindow;
import dev.defender.protocol.v1.DetectionFinding;
import dev.defender.protocol.v1.Event;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.protocol.wire.RecordHeader;
import dev.defender.sensor.decode.EventDecoder;
import dev.defender.sensor.detect.Detector;
import dev.defender.sensor.ledger.Ledger;
import dev.defender.sensor.ledger.MapsMemory;
import dev.defender.sensor.outbox.Outbox;
import dev.defender.sensor.ring.RecordSource;
import dev.defender.sensor.state.BufferPool;
import dev.defender.sensor.state.ProcessTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From raw records to what stands in the outbox, read back with the generated classes. */
public final class PipelineFixture {
    public static final long EPOCH = 500;

    private final @Nullable FixtureSource fixture;
    private final Outbox outbox;
    private final Pipeline pipeline;
    private final EventDecoder decoder;

    public PipelineFixture(FixtureSource source) {
        this(source, (type, fields, handler) -> {}, new ProcessTable(1024, new BufferPool(8 << 20)));
    }

    public PipelineFixture(FixtureSource source, Detector.Rules rules, ProcessTable table) {
        this(source, source, rules, table);
    }

    /** Over a source that is no fixture: what it has is taken with {@link #feed}, of nothing. */
    public PipelineFixture(RecordSource source) {
        this(null, source, (type, fields, handler) -> {}, new ProcessTable(4096, new BufferPool(16 << 20)));
    }

    private PipelineFixture(
            @Nullable FixtureSource fixture, RecordSource source, Detector.Rules rules, ProcessTable table) {
        this.fixture = fixture;
        this.outbox = new Outbox(new Ledger(new MapsMemory(source.ledger()), EPOCH), 8 << 20, 1 << 20);
        this.pipeline = new Pipeline(outbox, table, source.facts(), rules);
        this.decoder = new EventDecoder(source);
        decoder.initialTable(pipeline);
    }

    public PipelineFixture feed(byte[]... records) {
        for (byte[] record : records) {
            Objects.requireNonNull(fixture, "records are for a fixture").add(record);
        }
        decoder.poll(pipeline, 0);
        return this;
    }

    public Pipeline pipeline() {
        return pipeline;
    }

    public Outbox outbox() {
        return outbox;
    }

    public List<Event> events() {
        return read(Lanes.BULK, 0, Event.parser());
    }

    public Event lastEvent() {
        return events().getLast();
    }

    public List<DetectionFinding> findings() {
        return read(Lanes.URGENT, RecordClasses.DETECTION, DetectionFinding.parser());
    }

    public <T extends Message> List<T> urgent(int recordClass, Parser<T> parser) {
        return read(Lanes.URGENT, recordClass, parser);
    }

    private <T extends Message> List<T> read(int lane, int recordClass, Parser<T> parser) {
        List<T> messages = new ArrayList<>();
        LaneWindow window = outbox.lane(lane);
        for (long at = window.tail(); at < window.head(); ) {
            at = window.skipLapEnd(at);
            int index = window.index(at);
            if (recordClass == 0 || RecordHeader.recordClass(window.memory(), index) == recordClass) {
                byte[] body = new byte[RecordHeader.bodyLength(window.memory(), index)];
                window.memory().get(index + RecordHeader.BYTES, body);
                try {
                    messages.add(parser.parseFrom(body));
                } catch (InvalidProtocolBufferException e) {
                    throw new AssertionError("what the sensor encodes is no message", e);
                }
            }
            at += window.recordLength(at);
        }
        return messages;
    }
}
