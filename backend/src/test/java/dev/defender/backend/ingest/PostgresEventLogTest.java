/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.defender.backend.batch.BadBatchException;
import dev.defender.backend.batch.Batch;
import dev.defender.backend.database.Database;
import dev.defender.backend.database.SharedDatabase;
import dev.defender.backend.filter.FilterParser;
import dev.defender.backend.store.AlertRow;
import dev.defender.backend.store.EventQuery;
import dev.defender.backend.store.EventRow;
import dev.defender.backend.store.Receipt;
import dev.defender.backend.store.SequenceJumpException;
import dev.defender.protocol.v1.DetectionFinding;
import dev.defender.protocol.v1.Event;
import dev.defender.protocol.v1.Health;
import dev.defender.protocol.v1.Lane;
import dev.defender.protocol.v1.Process;
import dev.defender.protocol.v1.RecordClass;
import dev.defender.protocol.v1.Severity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PostgresEventLogTest {
    private static final Instant RECEIVED =
            Instant.ofEpochSecond(0, Node.REAL_NS).plusSeconds(7);

    private final Database database = SharedDatabase.get();
    private final Node node = Node.fresh();

    @Test
    void aBatchBecomesRowsThatCanBeFound() throws Exception {
        Receipt receipt = append(node.batch(Lane.LANE_BULK, execs(1, 3)));
        assertThat(receipt).isEqualTo(new Receipt(3, 0, 3));
        List<EventRow> rows = events("");
        assertThat(rows).extracting(EventRow::sequence).containsExactly(1L, 2L, 3L);
        EventRow row = rows.getFirst();
        assertThat(row.node()).isEqualTo("node-1");
        assertThat(row.epoch()).isEqualTo(node.epoch());
        assertThat(row.recordClass()).isEqualTo(RecordClass.RECORD_CLASS_EXEC_VALUE);
        assertThat(row.received()).isEqualTo(RECEIVED);
        assertThat(row.time()).isEqualTo(Instant.ofEpochSecond(0, Node.REAL_NS).plus(1, ChronoUnit.MICROS));
        assertThat(Event.parseFrom(row.body())).isEqualTo(Node.event(1));
        assertThat(events(" and process.cmd_line contains \"echo 2\" and pid = 102 and user.uid = 1000"))
                .extracting(EventRow::sequence)
                .containsExactly(2L);
        assertThat(database.eventStore().event(row.position()).orElseThrow().sequence())
                .isEqualTo(1);
    }

    @Test
    void whatIsSentAgainChangesNothing() throws Exception {
        append(node.batch(Lane.LANE_BULK, execs(1, 10)));
        assertThat(append(node.batch(Lane.LANE_BULK, execs(1, 10)))).isEqualTo(new Receipt(0, 10, 10));
        assertThat(append(node.batch(Lane.LANE_BULK, execs(8, 12)))).isEqualTo(new Receipt(2, 3, 12));
        assertThat(events(""))
                .extracting(EventRow::sequence)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 12).boxed().toList());
    }

    @Test
    void recordsOfAnOlderEpochCountOnceToo() throws Exception {
        Node older = node.withEpoch(500);
        append(node.batch(Lane.LANE_BULK, execs(1, 5)));
        assertThat(append(older.batch(Lane.LANE_BULK, execs(1, 5))).stored()).isEqualTo(5);
        assertThat(append(older.batch(Lane.LANE_BULK, execs(1, 5))).stored()).isZero();
        assertThat(events("")).hasSize(10);
    }

    @Test
    void lanesNumberForThemselves() throws Exception {
        append(node.batch(Lane.LANE_URGENT, List.of(finding(1, "DFD.Test", 9))));
        append(node.batch(Lane.LANE_BULK, execs(1, 1)));
        assertThat(events("")).extracting(EventRow::lane).containsExactly(1, 0);
    }

    @Test
    void oneTriggerGivesOneAlertHoweverOftenItIsTold() throws Exception {
        append(node.batch(Lane.LANE_URGENT, List.of(finding(1, "DFD.Test", 9), finding(2, "DFD.Test", 9))));
        append(node.batch(Lane.LANE_URGENT, List.of(finding(3, "DFD.Test", 9), finding(4, "DFD.Other", 9))));
        List<AlertRow> alerts = alerts("");
        assertThat(alerts).hasSize(2);
        AlertRow alert = alerts.getFirst();
        assertThat(alert.status()).isEqualTo("new");
        assertThat(alert.event().sequence()).isEqualTo(1);
        assertThat(DetectionFinding.parseFrom(alert.event().body()).getRule()).isEqualTo("a rule");
        assertThat(alerts(" and alert_type = DFD.Other and severity = high and process.name = eicar"))
                .hasSize(1);
        assertThat(database.alertStore().alert(alert.alertUid())).isPresent();
    }

    @Test
    void aBodyThatIsNotWhatItsClassSaysMakesTheBatchBad() {
        Batch bad = node.batch(
                Lane.LANE_BULK,
                List.of(
                        Node.exec(1),
                        new Node.Body(
                                2,
                                RecordClass.RECORD_CLASS_GAP,
                                com.google.protobuf.BytesValue.of(
                                        com.google.protobuf.ByteString.copyFrom(new byte[] {(byte) 0xFF})))));
        assertThatThrownBy(() -> append(bad))
                .isInstanceOf(BadBatchException.class)
                .hasMessageContaining("sequence 2");
        assertThat(eventsUnchecked()).isEmpty();
    }

    @Test
    void aTextWithNulIsKeptInTheBodyAndStillFound() throws Exception {
        Event odd = Event.newBuilder()
                .setProcess(Process.newBuilder().setPid(1).setName("a\0b"))
                .build();
        append(node.batch(Lane.LANE_BULK, List.of(new Node.Body(1, RecordClass.RECORD_CLASS_EXEC, odd))));
        EventRow row = events(" and process.name startswith a").getFirst();
        assertThat(Event.parseFrom(row.body())).isEqualTo(odd);
    }

    @Test
    void aLaneMayNotJumpOutOfSight() throws Exception {
        append(node.batch(Lane.LANE_BULK, execs(1, 1)));
        Batch jump = node.batch(Lane.LANE_BULK, List.of(Node.exec(2 + WriteTransaction.MAX_JUMP)));
        assertThatThrownBy(() -> append(jump)).isInstanceOf(SequenceJumpException.class);
        assertThat(append(node.batch(Lane.LANE_BULK, execs(2, 2))).durableSequence())
                .isEqualTo(2);
    }

    @Test
    void healthShowsTheProducer() throws Exception {
        Health health =
                Health.newBuilder().setComponent("sensor").setVersion("1").build();
        append(node.batch(Lane.LANE_URGENT, List.of(new Node.Body(1, RecordClass.RECORD_CLASS_HEALTH, health))));
        var producers = database.sensorStore().producers().stream()
                .filter(p -> p.cluster().equals(node.cluster()))
                .toList();
        assertThat(producers).hasSize(1);
        assertThat(producers.getFirst().lastReceived()).isEqualTo(RECEIVED);
        assertThat(producers.getFirst().clockSkewNs()).isEqualTo(-7_000_000_000L);
        assertThat(Health.parseFrom(producers.getFirst().health())).isEqualTo(health);
    }

    private Receipt append(Batch batch) throws Exception {
        return database.eventLog().append(batch, RECEIVED);
    }

    private static List<Node.Body> execs(long first, long last) {
        return LongStream.rangeClosed(first, last).mapToObj(Node::exec).toList();
    }

    private static Node.Body finding(long sequence, String type, long triggerSequence) {
        return new Node.Body(
                sequence,
                RecordClass.RECORD_CLASS_DETECTION,
                DetectionFinding.newBuilder()
                        .setAlertType(type)
                        .setRule("a rule")
                        .setSeverity(Severity.SEVERITY_HIGH)
                        .setTriggerEpoch(1_000)
                        .setTriggerSequence(triggerSequence)
                        .setTrigger(Event.newBuilder()
                                .setProcess(Process.newBuilder().setPid(7).setName("eicar")))
                        .build());
    }

    private List<EventRow> events(String more) throws Exception {
        List<EventRow> rows = new ArrayList<>();
        String filter = "cluster = \"" + node.cluster() + "\"" + more;
        database.eventStore().events(new EventQuery(FilterParser.events(filter), 0, 1000, false), rows::add);
        return rows;
    }

    private List<EventRow> eventsUnchecked() {
        try {
            return events("");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private List<AlertRow> alerts(String more) throws Exception {
        List<AlertRow> rows = new ArrayList<>();
        String filter = "cluster = \"" + node.cluster() + "\"" + more;
        database.alertStore().alerts(new EventQuery(FilterParser.alerts(filter), 0, 1000, false), rows::add);
        return rows;
    }
}
