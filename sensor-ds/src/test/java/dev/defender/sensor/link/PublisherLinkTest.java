/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.defender.link.LaneWindow;
import dev.defender.link.LinkListener;
import dev.defender.link.Producer;
import dev.defender.link.ProducerIdentity;
import dev.defender.link.PublisherLink;
import dev.defender.protocol.v1.Cut;
import dev.defender.protocol.v1.Event;
import dev.defender.protocol.v1.Gap;
import dev.defender.protocol.v1.LossReason;
import dev.defender.protocol.v1.Refuse;
import dev.defender.protocol.wire.Frame;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.RecordClasses;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherLinkTest {
    @TempDir
    Path directory;

    private FakePublisher publisher;
    private LinkFixture sensor;

    @BeforeEach
    void open() {
        publisher = new FakePublisher(directory.resolve("s.sock"));
        sensor = new LinkFixture(directory.resolve("s.sock"), 1000, 1 << 20);
    }

    @AfterEach
    void close() throws Exception {
        sensor.abandon();
        publisher.close();
        assertThat(publisher.faults()).isEmpty();
    }

    @Test
    void everyRecordArrivesOnceInOrderAndTheStopIsInGoodOrder() throws Exception {
        publisher.start();
        sensor.start();
        for (int i = 0; i < 20_000; i++) {
            sensor.event(RecordClasses.EXEC, 200);
            if (i % 100 == 0) {
                sensor.outbox().flush();
            }
            if (i % 2000 == 0) {
                sensor.awaitBulkAcked();
            }
        }
        sensor.finalCut();
        assertThat(sensor.link().finish(20_000)).isTrue();
        assertThat(publisher.received(RecordClasses.EXEC))
                .extracting(FakePublisher.Received::sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 20_000).boxed().toList());
        Event last =
                Event.parseFrom(publisher.received(RecordClasses.EXEC).getLast().body());
        assertThat(last.getTimeBootNs()).isEqualTo(20_000);
        await().until(() -> publisher.otherFrames().contains(Frame.BYE));
    }

    @Test
    void theUnackedWindowIsSentAgainAfterALostConnection() throws Exception {
        publisher.acking(false);
        publisher.start();
        sensor.start();
        sensor.events(500);
        await().until(() -> !publisher.hellos().isEmpty());
        publisher.acking(true);
        publisher.hangUp();
        await().until(() -> publisher.durable(1000, Lanes.BULK) == 500);
        assertThat(publisher.received(RecordClasses.EXEC)).hasSize(500);
        assertThat(publisher.hellos()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void urgentRecordsPassABacklogThatHasNoCredit() throws Exception {
        publisher.credit(0);
        publisher.start();
        sensor.start();
        sensor.events(10);
        await().until(() -> !publisher.hellos().isEmpty());
        publisher.credit(1 << 20);
        publisher.hangUp();
        await().until(() -> publisher.durable(1000, Lanes.BULK) == 10);
    }

    @Test
    void whatDoesNotFitIsReportedExactlyByGapsAndCuts() throws Exception {
        long captured = 0;
        while (sensor.lostCredit(RecordClasses.EXIT) < 321) {
            sensor.event(RecordClasses.EXIT, 300);
            captured++;
        }
        for (int i = 0; i < 50; i++) {
            assertThat(sensor.event(RecordClasses.EXEC, 300)).isPositive();
        }
        sensor.tick();
        publisher.start();
        sensor.start();
        sensor.finalCut();
        assertThat(sensor.link().finish(20_000)).isTrue();

        long delivered = publisher.received(RecordClasses.EXIT).size();
        List<Gap> gaps = LinkFixture.gaps(publisher);
        assertThat(gaps).allSatisfy(gap -> {
            assertThat(gap.getReason()).isEqualTo(LossReason.LOSS_REASON_OUT_OF_CREDIT);
            assertThat(gap.getRecordClassValue()).isEqualTo(RecordClasses.EXIT);
        });
        assertThat(gaps.stream().mapToLong(Gap::getCount).sum()).isEqualTo(321);
        assertThat(delivered + 321).isEqualTo(captured);
        Cut last = LinkFixture.cuts(publisher).getLast();
        assertThat(last.getFinal()).isTrue();
        assertThat(last.getRowsList())
                .filteredOn(row -> row.getRecordClassValue() == RecordClasses.EXIT)
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.getCaptured()).isEqualTo(delivered + 321);
                    assertThat(row.getLost()).isEqualTo(321);
                });
    }

    @Test
    void theLedgerClosesUnderAPublisherThatKeepsStopping() throws Exception {
        publisher.start();
        sensor.start();
        await().until(() -> !publisher.hellos().isEmpty());
        int[] classes = {RecordClasses.EXEC, RecordClasses.FORK, RecordClasses.EXIT, RecordClasses.OPEN};
        long captured = 0;
        for (int round = 0; round < 8; round++) {
            publisher.pause();
            for (int i = 0; i < 6_000; i++) {
                sensor.event(classes[i % classes.length], 200);
                captured++;
                if (i % 500 == 0) {
                    sensor.outbox().flush();
                }
            }
            sensor.tick();
            publisher.resume();
            if (round % 2 == 0) {
                sensor.awaitBulkAcked();
            }
        }
        sensor.finalCut();
        assertThat(sensor.link().finish(20_000)).isTrue();
        long delivered = publisher.received().stream()
                .filter(record -> RecordClasses.counted(record.recordClass()))
                .count();
        long lost =
                LinkFixture.gaps(publisher).stream().mapToLong(Gap::getCount).sum();
        assertThat(lost).isPositive();
        assertThat(delivered + lost).isEqualTo(captured);
        Cut last = LinkFixture.cuts(publisher).getLast();
        assertThat(last.getRowsList().stream().mapToLong(row -> row.getLost()).sum())
                .isEqualTo(lost);
        assertThat(last.getRowsList().stream()
                        .mapToLong(row -> row.getCaptured())
                        .sum())
                .isEqualTo(captured);
    }

    @Test
    void aRefusalIsTriedAgainAndCounted() throws Exception {
        publisher.refuse(Refuse.newBuilder().setReason("uid 7 is no sensor").build());
        publisher.start();
        sensor.start();
        sensor.events(3);
        await().until(() -> sensor.link().refusals() >= 2);
        publisher.refuse(null);
        await().until(() -> publisher.durable(1000, Lanes.BULK) == 3);
    }

    @Test
    void aStopDuringALongPauseTriesAtOnce() throws Exception {
        publisher.refuse(Refuse.newBuilder()
                .setReason("epoch 1000 is over")
                .setPermanent(true)
                .build());
        publisher.start();
        sensor.start();
        sensor.events(3);
        // The next attempt would be in 15 to 30 seconds.
        await().until(() -> sensor.link().refusals() == 1);
        publisher.refuse(null);
        assertThat(sensor.link().finish(10_000)).isTrue();
        assertThat(publisher.durable(1000, Lanes.BULK)).isEqualTo(3);
    }

    @Test
    void aFaultInTheLinkCostsAConnectionAndNotTheLink() throws Exception {
        publisher.start();
        AtomicInteger acks = new AtomicInteger();
        List<String> said = new CopyOnWriteArrayList<>();
        Producer faulty = new Producer() {
            @Override
            public LaneWindow lane(int lane) {
                return sensor.outbox().lane(lane);
            }

            @Override
            public long previousEpoch() {
                return 0;
            }

            @Override
            public void welcomed(long[] previousDurable) {}

            @Override
            public void acked(int lane, long sequence) {
                if (acks.incrementAndGet() == 1) {
                    throw new IllegalStateException("planted");
                }
            }
        };
        LinkListener listener = new LinkListener() {
            @Override
            public void up(String socket) {}

            @Override
            public void down(String what) {
                said.add(what);
            }
        };
        PublisherLink link = new PublisherLink(
                directory.resolve("s.sock"), new ProducerIdentity("sensor", "boot", 1000, "test"), faulty, listener);
        sensor.outbox().attach(link);
        link.start();
        sensor.events(10);
        await().until(() -> !said.isEmpty());
        sensor.events(10);
        await().until(() -> publisher.durable(1000, Lanes.BULK) == 20);
        assertThat(link.finish(10_000)).isTrue();
        assertThat(said.getFirst()).contains("planted").contains("fault of this program");
        assertThat(link.welcomes()).isEqualTo(2);
    }

    @Test
    void aPublisherThatComesLateGetsEverything() throws Exception {
        sensor.start();
        sensor.events(100);
        publisher.start();
        await().until(() -> publisher.durable(1000, Lanes.BULK) == 100);
    }
}
