/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.defender.protocol.v1.Accuracy;
import dev.defender.protocol.v1.Cut;
import dev.defender.protocol.v1.CutRow;
import dev.defender.protocol.v1.Gap;
import dev.defender.protocol.v1.LossReason;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.sensor.outbox.PinnedEpoch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuccessionTest {
    @TempDir
    Path directory;

    private Path socket;
    private FakePublisher publisher;

    @BeforeEach
    void open() throws Exception {
        socket = directory.resolve("s.sock");
        publisher = new FakePublisher(socket).start();
    }

    @AfterEach
    void close() throws Exception {
        publisher.close();
        assertThat(publisher.faults()).isEmpty();
    }

    @Test
    void theSuccessorSaysExactlyWhatTheKillCost() throws Exception {
        LinkFixture first = new LinkFixture(socket, 1000, 1 << 20);
        first.start();
        first.events(100);
        first.awaitBulkAcked();
        publisher.acking(false);
        first.events(30);
        PinnedEpoch dead = first.kill();

        publisher.acking(true);
        LinkFixture second = new LinkFixture(socket, 2000, 1 << 20, List.of(dead));
        closeEpochs(second);

        assertThat(LinkFixture.gaps(publisher))
                .filteredOn(gap -> gap.getEpoch() == 1000)
                .singleElement()
                .satisfies(gap -> {
                    assertThat(gap.getReason()).isEqualTo(LossReason.LOSS_REASON_PROCESS_KILLED);
                    assertThat(gap.getAccuracy()).isEqualTo(Accuracy.ACCURACY_EXACT);
                    assertThat(gap.getCount()).isEqualTo(30);
                });
        assertThat(LinkFixture.gaps(publisher))
                .filteredOn(gap -> gap.getReason() == LossReason.LOSS_REASON_NOT_RUNNING)
                .singleElement()
                .satisfies(gap -> assertThat(gap.getCount()).isZero());
        assertEpochCloses(1000);
        second.abandon();
    }

    @Test
    void whatThePublisherHoldsButTheSensorNeverHeardOfIsNotLost() throws Exception {
        LinkFixture first = new LinkFixture(socket, 1000, 1 << 20);
        first.start();
        first.events(10);
        first.awaitBulkAcked();
        first.events(40);
        await().until(() -> publisher.durable(1000, Lanes.BULK) == 50);
        PinnedEpoch dead = first.kill();
        LinkFixture second = new LinkFixture(socket, 2000, 1 << 20, List.of(dead));
        closeEpochs(second);
        assertThat(LinkFixture.gaps(publisher)).noneMatch(gap -> gap.getEpoch() == 1000);
        assertEpochCloses(1000);
        second.abandon();
    }

    @Test
    void lossesWhoseReportDiedWithTheProcessAreReportedAgain() throws Exception {
        publisher.acking(false);
        LinkFixture first = new LinkFixture(socket, 1000, 1 << 17);
        for (int i = 0; i < 900; i++) {
            first.event(RecordClasses.FORK, 300);
        }
        assertThat(first.lostCredit(RecordClasses.FORK)).isPositive();
        first.tick();
        first.start();
        await().until(() -> !publisher.hellos().isEmpty());
        PinnedEpoch dead = first.kill();
        publisher.acking(true);
        LinkFixture second = new LinkFixture(socket, 2000, 1 << 20, List.of(dead));
        closeEpochs(second);
        assertThat(LinkFixture.gaps(publisher))
                .filteredOn(gap -> gap.getReason() == LossReason.LOSS_REASON_OUT_OF_CREDIT)
                .singleElement()
                .satisfies(gap -> assertThat(gap.getCount()).isEqualTo(first.lostCredit(RecordClasses.FORK)));
        assertEpochCloses(1000);
        second.abandon();
    }

    @Test
    void anEpochWithoutCountersIsUnknownNeverZero() throws Exception {
        LinkFixture successor = new LinkFixture(socket, 2000, 1 << 20, List.of(), List.of(1000L));
        closeEpochs(successor);
        assertThat(LinkFixture.cuts(publisher)).singleElement().satisfies(cut -> {
            assertThat(cut.getEpoch()).isEqualTo(1000);
            assertThat(cut.getUnknown()).isTrue();
            assertThat(cut.getFinal()).isTrue();
        });
        assertThat(LinkFixture.gaps(publisher)).singleElement().satisfies(gap -> {
            assertThat(gap.getReason()).isEqualTo(LossReason.LOSS_REASON_NOT_RUNNING);
            assertThat(gap.getAccuracy()).isEqualTo(Accuracy.ACCURACY_UNKNOWN);
        });
        successor.abandon();
    }

    /** Twenty sensors, each killed somewhere: while it closes its predecessors, while it sends, before it connects. */
    @Test
    void aChainOfKillsStillCloses() throws Exception {
        Random random = new Random(11);
        List<PinnedEpoch> dead = new ArrayList<>();
        long epoch = 0;
        for (int cycle = 0; cycle < 20; cycle++) {
            epoch += 1000;
            publisher.acking(random.nextInt(4) > 0);
            LinkFixture sensor = new LinkFixture(socket, epoch, 1 << 17, dead);
            if (random.nextInt(5) > 0) {
                sensor.start();
            }
            for (int step = random.nextInt(40); step > 0; step--) {
                sensor.events(random.nextInt(30));
                if (random.nextInt(10) == 0) {
                    sensor.tick();
                }
                sensor.succession().advance(epoch + step);
                if (random.nextBoolean()) {
                    Thread.onSpinWait();
                }
            }
            dead.add(sensor.kill());
        }
        publisher.acking(true);
        LinkFixture last = new LinkFixture(socket, epoch + 1000, 1 << 20, dead);
        closeEpochs(last);
        for (PinnedEpoch pinned : dead) {
            assertEpochCloses(pinned.epoch());
        }
        last.abandon();
    }

    private static void closeEpochs(LinkFixture successor) {
        successor.start();
        await().until(() -> successor.succession().advance(successor.link().welcomes() + 5000));
    }

    /** captured = delivered + filtered + lost by the final cut, and the gaps say the same as the cut. */
    private void assertEpochCloses(long epoch) {
        Cut last = LinkFixture.cuts(publisher).stream()
                .filter(cut -> cut.getEpoch() == epoch && cut.getFinal())
                .reduce((a, b) -> b)
                .orElseThrow();
        long captured = 0;
        long lost = 0;
        for (CutRow row : last.getRowsList()) {
            captured += row.getCaptured();
            lost += row.getLost();
        }
        long delivered = publisher.received().stream()
                .filter(r -> r.epoch() == epoch && RecordClasses.counted(r.recordClass()))
                .count();
        long reported = LinkFixture.gaps(publisher).stream()
                .filter(gap -> gap.getEpoch() == epoch)
                .mapToLong(Gap::getCount)
                .sum();
        assertThat(delivered + lost).as("epoch %d", epoch).isEqualTo(captured);
        assertThat(reported).as("gaps of epoch %d", epoch).isEqualTo(lost);
        assertThat(last.getLastSequence(Lanes.BULK)).isEqualTo(publisher.durable(epoch, Lanes.BULK));
    }
}
