/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.backend.store.AlertRow;
import dev.defender.backend.store.EventQuery;
import dev.defender.backend.store.EventRow;
import dev.defender.backend.store.InventoryListRow;
import dev.defender.backend.store.InventoryRow;
import dev.defender.backend.store.InventoryStore;
import dev.defender.backend.store.RowSink;
import dev.defender.backend.store.Workload;
import dev.defender.backend.testbed.SampleRows;
import dev.defender.protocol.v1.Container;
import dev.defender.protocol.v1.DetectionFinding;
import dev.defender.protocol.v1.Event;
import dev.defender.protocol.v1.Pod;
import dev.defender.protocol.wire.RecordClasses;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkloadJoinTest {
    private final WorkloadJoin join = new WorkloadJoin(new OnePod());

    @Test
    void anEventsPodSaysWhatItBelongsTo() throws Exception {
        List<EventRow> joined = join.events(List.of(row(1, "p1"), row(2, "p2"), row(3, "")));
        assertThat(joined).extracting(EventRow::position).containsExactly(1L, 2L, 3L);
        assertThat(Event.parseFrom(joined.get(0).body())
                        .getContainer()
                        .getPod()
                        .getWorkload()
                        .getName())
                .isEqualTo("web");
        assertThat(joined.get(1)).isEqualTo(row(2, "p2").withBody(joined.get(1).body()));
    }

    @Test
    void anAlertsPodToo() throws Exception {
        DetectionFinding finding =
                DetectionFinding.newBuilder().setTrigger(event("p1")).build();
        AlertRow alert = new AlertRow(
                "a",
                "new",
                1,
                SampleRows.row(1, RecordClasses.DETECTION, finding.toByteArray()),
                event("p1").getContainer().toByteArray());
        AlertRow joined = join.alerts(List.of(alert)).getFirst();
        Container trigger =
                DetectionFinding.parseFrom(joined.event().body()).getTrigger().getContainer();
        assertThat(trigger.getPod().getWorkload().getKind()).isEqualTo("Deployment");
        assertThat(Container.parseFrom(joined.lateContainer())
                        .getPod()
                        .getWorkload()
                        .getName())
                .isEqualTo("web");
    }

    @Test
    void whatIsNoEventIsPassedOnAsItIs() throws Exception {
        EventRow row = SampleRows.row(1, 99, new byte[] {(byte) 0xFF});
        assertThat(join.events(List.of(row))).containsExactly(row);
    }

    private static EventRow row(long position, String pod) {
        return SampleRows.row(position, RecordClasses.EXEC, event(pod).toByteArray());
    }

    private static Event event(String pod) {
        return Event.newBuilder()
                .setContainer(Container.newBuilder()
                        .setUid("c")
                        .setPod(Pod.newBuilder().setUid(pod)))
                .build();
    }

    /** Knows the pod p1 only. */
    private static final class OnePod implements InventoryStore {
        @Override
        public <X extends Exception> void objects(EventQuery query, RowSink<InventoryRow, X> sink) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<InventoryListRow> lists() {
            return List.of();
        }

        @Override
        public Map<String, Workload> workloads(String cluster, Collection<String> podUids) {
            return podUids.contains("p1") ? Map.of("p1", new Workload("Deployment", "shop", "web", "d1")) : Map.of();
        }
    }
}
