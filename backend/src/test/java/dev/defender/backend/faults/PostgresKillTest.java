/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.backend.database.Database;
import dev.defender.backend.database.DatabaseOptions;
import dev.defender.backend.filter.FilterParser;
import dev.defender.backend.ingest.Node;
import dev.defender.backend.postgres.ServerDirectories;
import dev.defender.backend.store.EventQuery;
import dev.defender.backend.store.StoreUnavailableException;
import dev.defender.protocol.v1.Lane;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** PostgreSQL is killed with -9 under load, the whole server and single sessions in turn. */
@Tag("faults")
class PostgresKillTest {
    private static final int KILLS = Integer.getInteger("defender.faults.cycles", 20);
    private static final int NODES = 3;
    private static final int RECORDS = 500;

    private final Random random = new Random(20261125);
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicInteger refused = new AtomicInteger();
    private Path root = Path.of("");

    /** What one simulated publisher was promised. */
    private record Promised(Node node, long last) {}

    @BeforeEach
    void directory() throws Exception {
        root = ServerDirectories.create();
    }

    @AfterEach
    void cleanUp() throws Exception {
        ServerDirectories.delete(root);
    }

    @Test
    void nothingThatWasAcknowledgedIsLostAndNothingIsDoubled() throws Exception {
        DatabaseOptions options = new DatabaseOptions(
                root.resolve("data"),
                null,
                null,
                null,
                null,
                ServerDirectories.distribution(),
                DatabaseOptions.DEFAULT_RETENTION);
        try (Database database = Database.open(options, new SimpleMeterRegistry());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Promised>> publishers = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
                publishers.add(threads.submit(() -> publish(database, Node.fresh())));
            }
            try {
                for (int kill = 0; kill < KILLS; kill++) {
                    awaitProgress(database);
                    kill(kill % 2 == 0);
                }
                awaitProgress(database);
            } finally {
                done.set(true);
            }
            for (Future<Promised> publisher : publishers) {
                check(database, publisher.get());
            }
            assertThat(refused).hasPositiveValue();
        }
    }

    /** Sends one batch after the other, each until it is acknowledged, as a publisher does. */
    private Promised publish(Database database, Node node) throws Exception {
        long last = 0;
        while (!done.get()) {
            List<Node.Body> bodies = LongStream.rangeClosed(last + 1, last + RECORDS)
                    .mapToObj(Node::exec)
                    .toList();
            try {
                database.eventLog().append(node.batch(Lane.LANE_BULK, bodies), Instant.now());
                last += RECORDS;
            } catch (StoreUnavailableException e) {
                refused.incrementAndGet();
            }
        }
        return new Promised(node, last);
    }

    private void awaitProgress(Database database) {
        Node probe = Node.fresh();
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(120)).until(() -> {
            try {
                database.eventLog().append(probe.batch(Lane.LANE_BULK, List.of(Node.exec(1))), Instant.now());
                return true;
            } catch (StoreUnavailableException e) {
                return false;
            }
        });
    }

    private void kill(boolean wholeServer) throws Exception {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(200));
        Path pidFile = root.resolve("data/postgres/data/postmaster.pid");
        ProcessHandle server = ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(pidFile).getFirst().strip()))
                .orElseThrow();
        List<ProcessHandle> sessions = server.children().toList();
        ProcessHandle victim = wholeServer || sessions.isEmpty() ? server : sessions.getLast();
        victim.destroyForcibly();
        victim.onExit().get(60, TimeUnit.SECONDS);
    }

    private static void check(Database database, Promised promised) throws Exception {
        List<Long> stored = new ArrayList<>();
        String filter = "cluster = \"" + promised.node().cluster() + "\"";
        database.eventStore()
                .events(
                        new EventQuery(FilterParser.events(filter), 0, Integer.MAX_VALUE, false),
                        row -> stored.add(row.sequence()));
        // A batch may have been committed although its answer was lost: then it is there once, behind the promise.
        assertThat(stored)
                .startsWith(LongStream.rangeClosed(1, promised.last()).boxed().toArray(Long[]::new));
        assertThat(stored).doesNotHaveDuplicates();
        assertThat((long) stored.size()).isLessThanOrEqualTo(promised.last() + RECORDS);
        var ledger =
                database.ledgerStore().ledger(promised.node().ledgerQuery()).getFirst();
        assertThat(ledger.lines().getFirst().delivered()).isEqualTo(stored.size());
    }
}
