/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.defender.link.LaneWindow;
import dev.defender.link.ProducerIdentity;
import dev.defender.protocol.v1.Cut;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.RecordBuffer;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.protocol.wire.RecordHeader;
import dev.defender.sensor.decode.EventDecoder;
import dev.defender.sensor.health.HealthReporter;
import dev.defender.sensor.ledger.Ledger;
import dev.defender.sensor.ledger.MapsMemory;
import dev.defender.sensor.outbox.CutReporter;
import dev.defender.sensor.outbox.GapReporter;
import dev.defender.sensor.outbox.Outbox;
import dev.defender.sensor.outbox.Succession;
import dev.defender.sensor.state.BufferPool;
import dev.defender.sensor.state.ProcessTable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The end of an epoch: only with the last cut in the window may its counters be forgotten. */
class StopTest {
    private static final ProducerIdentity IDENTITY = new ProducerIdentity("sensor", "boot", 5, "test");

    private final FixtureSource source = new FixtureSource();
    private final Outbox outbox = new Outbox(new Ledger(new MapsMemory(source.ledger()), 5), 1 << 20, 1 << 17);
    private final EventLoop loop = new EventLoop(
            new EventDecoder(source),
            new Pipeline(outbox, new ProcessTable(64, new BufferPool(1 << 20)), source, (type, fields, handler) -> {}),
            outbox,
            new EventLoop.Reporters(
                    new GapReporter(outbox, IDENTITY),
                    new CutReporter(outbox, IDENTITY),
                    new HealthReporter(outbox, new byte[0], List.of(), List.of()),
                    new Succession(outbox, IDENTITY, List.of(), List.of())),
            () -> {},
            () -> true,
            () -> {});

    @Test
    void withRoomTheLastRecordIsTheFinalCut() throws Exception {
        assertThat(loop.drain()).isTrue();
        assertThat(lastUrgent(Cut.parser()).getFinal()).isTrue();
    }

    @Test
    void finalReportsThatFindNoRoomAreNotTakenForSent() {
        RecordBuffer filler = new RecordBuffer();
        do {
            filler.begin().fixed64(1, 1);
        } while (outbox.report(RecordClasses.GAP, filler));
        assertThat(loop.drain()).isFalse();
    }

    private <T extends Message> T lastUrgent(Parser<T> parser) throws Exception {
        LaneWindow window = outbox.lane(Lanes.URGENT);
        byte[] body = new byte[0];
        for (long at = window.tail(); at < window.head(); ) {
            at = window.skipLapEnd(at);
            int index = window.index(at);
            body = new byte[RecordHeader.bodyLength(window.memory(), index)];
            window.memory().get(index + RecordHeader.BYTES, body);
            at += window.recordLength(at);
        }
        return parser.parseFrom(body);
    }
}
