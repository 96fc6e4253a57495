/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.backend.database.Database;
import dev.defender.backend.database.SharedDatabase;
import dev.defender.backend.filter.FilterParser;
import dev.defender.backend.ingest.Node;
import dev.defender.backend.store.EventQuery;
import dev.defender.backend.store.Receipt;
import dev.defender.protocol.v1.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetentionTest {
    /** Long before the days that other tests use: what is dropped here is nobody else's. */
    private static final Instant OLD = Instant.parse("2001-02-03T04:05:06Z");

    private final Database database = SharedDatabase.get();
    private final Node node = Node.fresh();

    @Test
    void dropsWholeDaysAndStillKnowsWhatItHadStored() throws Exception {
        append(1, OLD);
        append(2, OLD.plus(Duration.ofDays(1)));
        append(3, OLD.plus(Duration.ofDays(2)));
        retention(OLD.plus(Duration.ofDays(3))).run();
        assertThat(sequences()).containsExactly(2L, 3L);
        assertThat(append(1, OLD.plus(Duration.ofDays(3)))).isEqualTo(new Receipt(0, 1, 3));
        retention(OLD.plus(Duration.ofDays(30))).run();
        assertThat(sequences()).isEmpty();
    }

    @Test
    void aDayThatSomebodyElseHasDroppedIsMadeAgain() throws Exception {
        append(1, OLD.plus(Duration.ofDays(100)));
        retention(OLD.plus(Duration.ofDays(130))).run();
        assertThat(append(2, OLD.plus(Duration.ofDays(100)))).isEqualTo(new Receipt(1, 0, 2));
        assertThat(sequences()).containsExactly(2L);
    }

    private Retention retention(Instant now) {
        EventPartitions partitions = new EventPartitions(database.dataSource());
        return new Retention(database.dataSource(), partitions, Duration.ofDays(2), () -> now);
    }

    private Receipt append(long sequence, Instant received) throws Exception {
        return database.eventLog().append(node.batch(Lane.LANE_BULK, List.of(Node.exec(sequence))), received);
    }

    private List<Long> sequences() throws Exception {
        List<Long> sequences = new ArrayList<>();
        EventQuery query = new EventQuery(FilterParser.events("cluster = \"" + node.cluster() + "\""), 0, 100, false);
        database.eventStore().events(query, row -> sequences.add(row.sequence()));
        return sequences;
    }
}
