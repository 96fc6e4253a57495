/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.link;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.defender.link.ProducerIdentity;
import dev.defender.link.PublisherLink;
import dev.defender.protocol.v1.Cut;
import dev.defender.protocol.v1.Gap;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.RecordBuffer;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.sensor.ledger.CellWords;
import dev.defender.sensor.ledger.Cells;
import dev.defender.sensor.ledger.Ledger;
import dev.defender.sensor.ledger.LedgerMemory;
import dev.defender.sensor.ledger.MappedLedger;
import dev.defender.sensor.outbox.CutReporter;
import dev.defender.sensor.outbox.GapReporter;
import dev.defender.sensor.outbox.Outbox;
import dev.defender.sensor.outbox.PinnedEpoch;
import dev.defender.sensor.outbox.Succession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A sensor from the outbox on: the test plays kernel and encoder. */
public final class LinkFixture {
    private final MappedLedger memory = MappedLedger.allocate(8, 1 << 16, 1 << 12);
    private final ProducerIdentity identity;
    private final Outbox outbox;
    private final GapReporter gaps;
    private final CutReporter cuts;
    private final Succession succession;
    private final PublisherLink link;
    private final RecordBuffer record = new RecordBuffer();
    private long clock;
    private boolean started;

    public LinkFixture(Path socket, long epoch, int bulkBytes) {
        this(socket, epoch, bulkBytes, List.of());
    }

    public LinkFixture(Path socket, long epoch, int bulkBytes, List<PinnedEpoch> older) {
        this(socket, epoch, bulkBytes, older, List.of());
    }

    public LinkFixture(Path socket, long epoch, int bulkBytes, List<PinnedEpoch> older, List<Long> unknown) {
        identity = new ProducerIdentity("sensor", "boot", epoch, "test");
        outbox = new Outbox(new Ledger(memory, epoch), bulkBytes, 1 << 18);
        gaps = new GapReporter(outbox, identity);
        cuts = new CutReporter(outbox, identity);
        succession = new Succession(outbox, identity, older, unknown);
        link = SensorProducer.link(socket, identity, outbox, succession);
    }

    public void start() {
        started = true;
        link.start();
    }

    public Outbox outbox() {
        return outbox;
    }

    public PublisherLink link() {
        return link;
    }

    public Succession succession() {
        return succession;
    }

    public MappedLedger memory() {
        return memory;
    }

    /** The kernel captures, the outbox takes or drops. */
    public long event(int recordClass, int bodyBytes) {
        int cell = Cells.cell(recordClass, 0);
        memory.setCaptured(cell, memory.captured(cell) + 1);
        record.begin().fixed64(1, ++clock);
        record.body().bytes(99, new byte[bodyBytes], 0, bodyBytes);
        return outbox.event(recordClass, 0, record);
    }

    public void events(int count) {
        for (int i = 0; i < count; i++) {
            event(RecordClasses.EXEC, 100);
        }
        outbox.flush();
    }

    public long lostCredit(int recordClass) {
        return memory.cell(Cells.cell(recordClass, 0), CellWords.LOST_CREDIT);
    }

    public void tick() {
        gaps.report(++clock);
        cuts.report(clock);
        outbox.flush();
    }

    public void finalCut() {
        gaps.report(++clock);
        cuts.reportFinal(clock);
        outbox.flush();
    }

    public void awaitBulkAcked() {
        outbox.flush();
        await().until(() -> outbox.lane(Lanes.BULK).used() == 0);
    }

    /** The process is gone: what it leaves behind is the memory. */
    public PinnedEpoch kill() throws InterruptedException {
        abandon();
        return new PinnedEpoch() {
            @Override
            public long epoch() {
                return identity.epoch();
            }

            @Override
            public LedgerMemory memory() {
                return memory;
            }

            @Override
            public void forget() {}
        };
    }

    public void abandon() throws InterruptedException {
        if (started) {
            link.abandon();
        }
    }

    public static List<Gap> gaps(FakePublisher publisher) {
        List<Gap> gaps = new ArrayList<>();
        for (FakePublisher.Received received : publisher.received(RecordClasses.GAP)) {
            try {
                gaps.add(Gap.parseFrom(received.body()));
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }
        return gaps;
    }

    public static List<Cut> cuts(FakePublisher publisher) {
        List<Cut> cuts = new ArrayList<>();
        for (FakePublisher.Received received : publisher.received(RecordClasses.CUT)) {
            try {
                cuts.add(Cut.parseFrom(received.body()));
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }
        return cuts;
    }
}
