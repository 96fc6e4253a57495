/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.backend.database.Database;
import dev.defender.backend.database.SharedDatabase;
import dev.defender.backend.filter.FilterParser;
import dev.defender.backend.store.EventQuery;
import dev.defender.backend.store.StoreUnavailableException;
import dev.defender.protocol.v1.Lane;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BrokenConnectionTest {
    private static final int BATCHES = 40;
    private static final int RECORDS = 250;

    private final Database database = SharedDatabase.get();
    private final Node node = Node.fresh();

    @Test
    void aBatchIsStoredWholeOrNotAtAllWhenItsConnectionIsCut() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Thread cutter = Thread.ofPlatform().start(() -> cutConnections(done));
        int refused = 0;
        for (int i = 0; i < BATCHES; i++) {
            long first = (long) i * RECORDS + 1;
            refused += appendUntilStored(first);
        }
        done.set(true);
        cutter.join();
        assertThat(refused).isPositive();
        assertThat(sequences())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, (long) BATCHES * RECORDS)
                        .boxed()
                        .toList());
        var ledger = database.ledgerStore().ledger(node.ledgerQuery()).getFirst();
        assertThat(ledger.lines().getFirst().delivered()).isEqualTo((long) BATCHES * RECORDS);
    }

    private int appendUntilStored(long first) throws Exception {
        List<Node.Body> bodies =
                LongStream.range(first, first + RECORDS).mapToObj(Node::exec).toList();
        for (int refused = 0; ; refused++) {
            try {
                database.eventLog().append(node.batch(Lane.LANE_BULK, bodies), Instant.now());
                return refused;
            } catch (StoreUnavailableException e) {
                assertThat(e.retryAfter()).isPositive();
            }
        }
    }

    /** Ends every other session of this role, again and again, until the other thread is through. */
    private void cutConnections(AtomicBoolean done) {
        while (!done.get()) {
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        + "WHERE usename = current_user AND pid <> pg_backend_pid() AND state <> 'idle'");
            } catch (java.sql.SQLException e) {
                // Cut by itself, or the pool is refilling; go on.
                Thread.onSpinWait();
            }
        }
    }

    private List<Long> sequences() throws Exception {
        List<Long> sequences = new ArrayList<>();
        EventQuery query =
                new EventQuery(FilterParser.events("cluster = \"" + node.cluster() + "\""), 0, 100_000, false);
        database.eventStore().events(query, row -> sequences.add(row.sequence()));
        return sequences;
    }
}
