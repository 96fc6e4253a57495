/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.defender.backend.database.Database;
import dev.defender.backend.database.SharedDatabase;
import dev.defender.backend.store.postgres.EventPartitions;
import dev.defender.protocol.v1.Lane;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A fault of our own in the middle of a transaction: planted where it commits, in front of the real PostgreSQL. */
class WriterFaultTest {
    private final Database database = SharedDatabase.get();
    private final Node node = Node.fresh();
    private final AtomicBoolean planted = new AtomicBoolean(true);
    private final AtomicInteger transactions = new AtomicInteger();

    @Test
    void whatItMadeOfStreamsIsForgottenAndTheNextBatchIsStoredAtOnce() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        List<Node.Body> bodies =
                LongStream.rangeClosed(1, 10).mapToObj(Node::exec).toList();
        try (PostgresEventLog log = new PostgresEventLog(
                faulty(database.dataSource()), new EventPartitions(database.dataSource()), registry)) {
            assertThatThrownBy(() -> log.append(node.batch(Lane.LANE_BULK, bodies), Instant.now()))
                    .hasStackTraceContaining("planted");
            assertThat(log.append(node.batch(Lane.LANE_BULK, bodies), Instant.now())
                            .stored())
                    .isEqualTo(10);
        }
        // The stream that the first one made never was: had its number been kept, the second would have needed a third.
        assertThat(transactions).hasValue(2);
        assertThat(registry.get("defender.ingest.transactions.failed").counter().count())
                .isEqualTo(1);
        // Once per record that is stored, whatever was tried before.
        assertThat(registry.get("defender.ingest.records")
                        .tag("result", "stored")
                        .counter()
                        .count())
                .isEqualTo(10);
        var ledger = database.ledgerStore().ledger(node.ledgerQuery()).getFirst();
        assertThat(ledger.lines().getFirst().delivered()).isEqualTo(10);
    }

    private DataSource faulty(DataSource real) {
        return (DataSource) proxy(DataSource.class, real);
    }

    private Object proxy(Class<?> type, Object real) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
            if (method.getName().equals("commit") && planted.getAndSet(false)) {
                throw new IllegalStateException("planted");
            }
            try {
                Object result = method.invoke(real, arguments);
                // Not what a connection unwraps to, which is one as well.
                if (method.getName().equals("getConnection") && result instanceof Connection connection) {
                    transactions.incrementAndGet();
                    return proxy(Connection.class, connection);
                }
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
