/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.backend.database.Database;
import dev.defender.backend.database.SharedDatabase;
import dev.defender.backend.store.LossLine;
import dev.defender.backend.store.Receipt;
import dev.defender.backend.store.StreamLedger;
import dev.defender.protocol.v1.Accuracy;
import dev.defender.protocol.v1.Cut;
import dev.defender.protocol.v1.CutRow;
import dev.defender.protocol.v1.Gap;
import dev.defender.protocol.v1.Lane;
import dev.defender.protocol.v1.LossReason;
import dev.defender.protocol.v1.RecordClass;
import dev.defender.protocol.v1.SequenceRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GapTest {
    private static final Instant RECEIVED = Instant.ofEpochSecond(0, Node.REAL_NS);

    private final Database database = SharedDatabase.get();
    private final Node node = Node.fresh();

    @Test
    void theMarkPassesAHoleOnlyByAGap() throws Exception {
        assertThat(bulk(1, 3).durableSequence()).isEqualTo(3);
        assertThat(bulk(7, 9).durableSequence()).isEqualTo(3);
        urgent(1, gap(node.epoch(), 4, 6, 3));
        assertThat(ledger(node.epoch()).lanes().getFirst().mark()).isEqualTo(9);
        assertThat(bulk(10, 10).durableSequence()).isEqualTo(10);
    }

    @Test
    void whatIsStoredAlreadyIsNotLostAgain() throws Exception {
        bulk(1, 4);
        urgent(1, gap(node.epoch(), 3, 6, 4));
        assertThat(onlyLoss().count()).isEqualTo(2);
        urgent(2, gap(node.epoch(), 3, 6, 4));
        assertThat(onlyLoss().count()).isEqualTo(2);
    }

    @Test
    void whatAGapHasToldAsLostIsNotStoredLater() throws Exception {
        urgent(1, gap(node.epoch(), 1, 2, 2));
        assertThat(bulk(1, 3)).isEqualTo(new Receipt(1, 2, 3));
    }

    @Test
    void aGapSentTwiceCountsOnce() throws Exception {
        Gap beforeNumbering =
                gap(node.epoch(), 1, 1, 5).toBuilder().clearRanges().build();
        urgent(1, beforeNumbering);
        urgent(1, beforeNumbering);
        assertThat(onlyLoss().count()).isEqualTo(5);
        assertThat(onlyLoss().reporter()).isEqualTo("publisher");
        assertThat(onlyLoss().reason()).isEqualTo(LossReason.LOSS_REASON_SPOOL_FULL_VALUE);
    }

    @Test
    void aSuccessorClosesTheBooksOfAKilledEpoch() throws Exception {
        long killed = node.epoch();
        bulk(1, 10);
        Node successor = node.withEpoch(killed + 1);
        Gap lost = gap(killed, 1, 1, 4).toBuilder()
                .clearRanges()
                .setReason(LossReason.LOSS_REASON_PROCESS_KILLED)
                .build();
        Cut cut = Cut.newBuilder()
                .setProducer("sensor")
                .setBootId(node.bootId())
                .setEpoch(killed)
                .setTimeBootNs(Node.BOOT_NS)
                .addLastSequence(10)
                .addLastSequence(0)
                .setFinal(true)
                .addRows(CutRow.newBuilder()
                        .setRecordClass(RecordClass.RECORD_CLASS_EXEC)
                        .setLedgerRow(1)
                        .setCaptured(20)
                        .setFiltered(6)
                        .setLost(4))
                .build();
        database.eventLog()
                .append(
                        successor.batch(
                                Lane.LANE_URGENT,
                                List.of(
                                        new Node.Body(1, RecordClass.RECORD_CLASS_GAP, lost),
                                        new Node.Body(2, RecordClass.RECORD_CLASS_CUT, cut))),
                        RECEIVED);
        StreamLedger ledger = ledger(killed);
        assertThat(ledger.closes()).as("%s", ledger).isTrue();
        assertThat(ledger.finalCut()).isTrue();
    }

    @Test
    void anOldCutDoesNotReplaceANewerOne() throws Exception {
        urgentCut(2, 200, 7);
        urgentCut(1, 100, 5);
        assertThat(ledger(node.epoch()).lines().getFirst().captured()).isEqualTo(7);
    }

    @Test
    void theOldestHoleIsGivenUpAndTold() throws Exception {
        List<Node.Body> everySecond = new ArrayList<>();
        for (long n = 2; n <= 2 * (SequenceSet.MAX_RECEIVED_RANGES + 3); n += 2) {
            everySecond.add(Node.exec(n));
        }
        Receipt receipt = database.eventLog().append(node.batch(Lane.LANE_BULK, everySecond), RECEIVED);
        assertThat(receipt.durableSequence()).isEqualTo(6);
        LossLine loss = onlyLoss();
        assertThat(loss.count()).isEqualTo(3);
        assertThat(loss.reporter()).isEqualTo("backend");
        assertThat(loss.detail()).contains("given up");
    }

    private Receipt bulk(long first, long last) throws Exception {
        List<Node.Body> bodies =
                LongStream.rangeClosed(first, last).mapToObj(Node::exec).toList();
        return database.eventLog().append(node.batch(Lane.LANE_BULK, bodies), RECEIVED);
    }

    private void urgent(long sequence, Gap gap) throws Exception {
        Node.Body body = new Node.Body(sequence, RecordClass.RECORD_CLASS_GAP, gap);
        database.eventLog().append(node.batch(Lane.LANE_URGENT, List.of(body)), RECEIVED);
    }

    private void urgentCut(long sequence, long timeBootNs, long captured) throws Exception {
        Cut cut = Cut.newBuilder()
                .setProducer("sensor")
                .setBootId(node.bootId())
                .setEpoch(node.epoch())
                .setTimeBootNs(timeBootNs)
                .addRows(CutRow.newBuilder()
                        .setRecordClass(RecordClass.RECORD_CLASS_EXEC)
                        .setCaptured(captured))
                .build();
        Node.Body body = new Node.Body(sequence, RecordClass.RECORD_CLASS_CUT, cut);
        database.eventLog().append(node.batch(Lane.LANE_URGENT, List.of(body)), RECEIVED);
    }

    private Gap gap(long epoch, long first, long last, long count) {
        return Gap.newBuilder()
                .setProducer("sensor")
                .setBootId(node.bootId())
                .setEpoch(epoch)
                .setLane(Lane.LANE_BULK)
                .addRanges(SequenceRange.newBuilder().setFirst(first).setLast(last))
                .setRecordClass(RecordClass.RECORD_CLASS_EXEC)
                .setLedgerRow(1)
                .setCount(count)
                .setAccuracy(Accuracy.ACCURACY_EXACT)
                .setReason(LossReason.LOSS_REASON_SPOOL_FULL)
                .setReporter("publisher")
                .build();
    }

    private LossLine onlyLoss() throws Exception {
        List<LossLine> losses = ledger(node.epoch()).losses();
        assertThat(losses).hasSize(1);
        return losses.getFirst();
    }

    private StreamLedger ledger(long epoch) throws Exception {
        return database.ledgerStore()
                .ledger(node.withEpoch(epoch).ledgerQuery())
                .getFirst();
    }
}
