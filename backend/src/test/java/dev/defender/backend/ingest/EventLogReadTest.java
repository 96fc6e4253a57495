/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.backend.database.Database;
import dev.defender.backend.database.SharedDatabase;
import dev.defender.backend.filter.Filter;
import dev.defender.backend.store.EventLog;
import dev.defender.backend.store.EventQuery;
import dev.defender.backend.store.EventRow;
import dev.defender.backend.testbed.RecordingLog;
import dev.defender.protocol.v1.Event;
import dev.defender.protocol.v1.Lane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventLogReadTest {
    private static final Instant RECEIVED = Instant.ofEpochSecond(0, Node.REAL_NS);

    @Test
    void postgresGivesBackWhatWasAppended() throws Exception {
        Database database = SharedDatabase.get();
        List<EventRow> newest = new ArrayList<>();
        database.eventStore().events(new EventQuery(Filter.ALL, Long.MAX_VALUE, 1, true), newest::add);
        givesBackWhatWasAppended(
                database.eventLog(), newest.isEmpty() ? 0 : newest.getFirst().position());
    }

    @Test
    void theLogOfTheTestsGivesBackWhatWasAppended() throws Exception {
        givesBackWhatWasAppended(new RecordingLog(), 0);
    }

    private static void givesBackWhatWasAppended(EventLog log, long start) throws Exception {
        Node first = Node.fresh();
        Node second = Node.fresh();
        log.append(first.batch(Lane.LANE_BULK, execs(1, 3)), RECEIVED);
        log.append(second.batch(Lane.LANE_URGENT, execs(1, 2)), RECEIVED);
        log.append(first.batch(Lane.LANE_BULK, execs(4, 6)), RECEIVED);

        List<EventRow> all = read(log, start, 100);
        assertThat(all).extracting(EventRow::sequence).containsExactly(1L, 2L, 3L, 1L, 2L, 4L, 5L, 6L);
        assertThat(all).extracting(EventRow::position).isSorted().doesNotHaveDuplicates();
        assertThat(all.get(3).cluster()).isEqualTo(second.cluster());
        assertThat(all.get(3).lane()).isEqualTo(Lane.LANE_URGENT_VALUE);
        for (EventRow row : all) {
            assertThat(Event.parseFrom(row.body())).isEqualTo(Node.event(row.sequence()));
        }

        assertThat(read(log, all.get(1).position(), 4))
                .extracting(EventRow::position)
                .containsExactlyElementsOf(
                        all.subList(2, 6).stream().map(EventRow::position).toList());
        assertThat(read(log, all.getLast().position(), 100)).isEmpty();
    }

    private static List<EventRow> read(EventLog log, long position, int limit) throws Exception {
        List<EventRow> rows = new ArrayList<>();
        log.read(position, limit, rows::add);
        return rows;
    }

    private static List<Node.Body> execs(long first, long last) {
        return LongStream.rangeClosed(first, last).mapToObj(Node::exec).toList();
    }
}
