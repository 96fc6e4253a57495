/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.backend.batch.BadBatchException;
import dev.defender.backend.store.Receipt;
import dev.defender.backend.store.SequenceJumpException;
import dev.defender.backend.store.StoreUnavailableException;
import dev.defender.backend.store.postgres.EventPartitions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that writes: takes what waits, as much as makes a good transaction, and commits it together. */
final class LogWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

    /** More than this in one transaction gains nothing and makes everybody in it wait. */
    private static final int MAX_RECORDS = 20_000;

    private static final int MAX_BATCHES = 64;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final DataSource dataSource;
    private final EventPartitions partitions;
    private final BlockingQueue<PendingBatch> queue;
    private final IngestMetrics metrics;
    private final StreamIds streams = new StreamIds();
    private final ContainerContexts containers = new ContainerContexts();

    LogWriter(
            DataSource dataSource,
            EventPartitions partitions,
            BlockingQueue<PendingBatch> queue,
            IngestMetrics metrics) {
        this.dataSource = dataSource;
        this.partitions = partitions;
        this.queue = queue;
        this.metrics = metrics;
    }

    /** Runs until its thread is interrupted. */
    @Override
    public void run() {
        try {
            while (true) {
                List<PendingBatch> group = take();
                try {
                    write(group);
                } catch (RuntimeException e) {
                    // A defect of ours must not leave callers waiting, nor end the writer for everybody else.
                    LOG.error("Writing {} batches failed", group.size(), e);
                    group.forEach(pending -> pending.answer().completeExceptionally(e));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<PendingBatch> take() throws InterruptedException {
        List<PendingBatch> group = new ArrayList<>();
        PendingBatch next = queue.take();
        int records = 0;
        while (next != null) {
            group.add(next);
            records += next.decoded().batch().count();
            next = records < MAX_RECORDS && group.size() < MAX_BATCHES ? queue.poll() : null;
        }
        return group;
    }

    private void write(List<PendingBatch> group) {
        try {
            transact(group);
        } catch (SQLException e) {
            if (isWorthAnotherTry(e)) {
                LOG.warn("A transaction of {} batches failed; trying each alone: {}", group.size(), e.getMessage());
                streams.forget();
                partitions.forget();
                group.forEach(this::writeAlone);
            } else {
                group.forEach(pending -> unavailable(pending, e));
            }
        } catch (RuntimeException e) {
            if (group.size() == 1) {
                throw e;
            }
            // A defect that one batch brings to light must not cost the others, which are of other nodes.
            LOG.error("Writing {} batches together failed; trying each alone", group.size(), e);
            group.forEach(this::writeAlone);
        }
    }

    private void writeAlone(PendingBatch pending) {
        try {
            transact(List.of(pending));
        } catch (SQLException e) {
            if (isOfClass(e, "22")) {
                LOG.error("PostgreSQL refuses a batch of {}: {}", pending.decoded().stream(), e.getMessage());
                pending.answer().completeExceptionally(new BadBatchException("the store cannot hold this batch"));
            } else {
                unavailable(pending, e);
            }
        } catch (RuntimeException e) {
            LOG.error("Writing a batch of {} failed", pending.decoded().stream(), e);
            pending.answer().completeExceptionally(e);
        }
    }

    private void transact(List<PendingBatch> group) throws SQLException {
        long start = System.nanoTime();
        Map<PendingBatch, Receipt> receipts = new LinkedHashMap<>();
        Map<PendingBatch, SequenceJumpException> refused = new LinkedHashMap<>();
        for (PendingBatch pending : group) {
            partitions.ensure(pending.received());
        }
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                WriteTransaction transaction = new WriteTransaction(connection, streams, containers);
                for (PendingBatch pending : group) {
                    try {
                        receipts.put(pending, transaction.add(pending));
                    } catch (SequenceJumpException e) {
                        refused.put(pending, e);
                    }
                }
                transaction.write();
                connection.commit();
                streams.committed();
                containers.committed();
            } catch (SQLException | RuntimeException e) {
                streams.rolledBack();
                containers.rolledBack();
                rollback(connection);
                throw e;
            }
        } catch (SQLException | RuntimeException e) {
            metrics.failed();
            throw e;
        }
        metrics.transactions().record(System.nanoTime() - start, java.util.concurrent.TimeUnit.NANOSECONDS);
        metrics.committed(group.size(), receipts.values());
        receipts.forEach((pending, receipt) -> pending.answer().complete(receipt));
        refused.forEach((pending, e) -> pending.answer().completeExceptionally(e));
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.debug("Rollback on a broken connection: {}", e.getMessage());
        }
    }

    private static void unavailable(PendingBatch pending, SQLException e) {
        pending.answer()
                .completeExceptionally(
                        new StoreUnavailableException("PostgreSQL did not commit: " + e.getMessage(), RETRY_AFTER, e));
    }

    /**
     * SQLSTATE class 22 (a value) may be one batch's fault and must not hold the others up; class 23 (a constraint), that
     * what we remember of streams and partitions is no longer so. Everything else is the server's trouble.
     */
    private static boolean isWorthAnotherTry(SQLException e) {
        return isOfClass(e, "22") || isOfClass(e, "23");
    }

    private static boolean isOfClass(SQLException e, String sqlStateClass) {
        String state = e.getSQLState();
        return state != null && state.startsWith(sqlStateClass);
    }
}
