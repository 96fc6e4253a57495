/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.testbed;

import dev.defender.backend.store.AlertRow;
import dev.defender.backend.store.AlertStore;
import dev.defender.backend.store.EventQuery;
import dev.defender.backend.store.EventRow;
import dev.defender.backend.store.EventStore;
import dev.defender.backend.store.InventoryListRow;
import dev.defender.backend.store.InventoryRow;
import dev.defender.backend.store.InventoryStore;
import dev.defender.backend.store.LedgerQuery;
import dev.defender.backend.store.LedgerStore;
import dev.defender.backend.store.ProducerStatus;
import dev.defender.backend.store.RowSink;
import dev.defender.backend.store.SensorStore;
import dev.defender.backend.store.StoreUnavailableException;
import dev.defender.backend.store.StreamLedger;
import dev.defender.backend.store.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows that a test puts in. Pages by position; does not filter, but remembers the last query. */
public final class MemoryStores implements EventStore, AlertStore, LedgerStore, SensorStore, InventoryStore {
    public final List<EventRow> events = new ArrayList<>();
    public final List<AlertRow> alerts = new ArrayList<>();
    public final List<StreamLedger> ledgers = new ArrayList<>();
    public final List<ProducerStatus> producers = new ArrayList<>();
    public final List<InventoryRow> objects = new ArrayList<>();
    public final List<InventoryListRow> lists = new ArrayList<>();
    public volatile @Nullable EventQuery lastQuery;
    private volatile boolean available = true;
    private volatile int failAfter = Integer.MAX_VALUE;

    public boolean ready() {
        return available;
    }

    public void available(boolean available) {
        this.available = available;
    }

    /** Lets the store break after so many rows of a page. */
    public void failAfter(int rows) {
        failAfter = rows;
    }

    private void requireAvailable() throws StoreUnavailableException {
        if (!available) {
            throw new StoreUnavailableException("the test said so", Duration.ofSeconds(3), new IllegalStateException());
        }
    }

    @Override
    public <X extends Exception> void events(EventQuery query, RowSink<EventRow, X> sink)
            throws X, StoreUnavailableException {
        requireAvailable();
        page(query, events, Comparator.comparingLong(EventRow::position), EventRow::position, sink);
    }

    @Override
    public Optional<EventRow> event(long position) throws StoreUnavailableException {
        requireAvailable();
        return events.stream().filter(row -> row.position() == position).findFirst();
    }

    @Override
    public <X extends Exception> void alerts(EventQuery query, RowSink<AlertRow, X> sink)
            throws X, StoreUnavailableException {
        requireAvailable();
        page(
                query,
                alerts,
                Comparator.comparingLong(row -> row.event().position()),
                row -> row.event().position(),
                sink);
    }

    @Override
    public Optional<AlertRow> alert(String alertUid) throws StoreUnavailableException {
        requireAvailable();
        return alerts.stream().filter(row -> row.alertUid().equals(alertUid)).findFirst();
    }

    @Override
    public List<StreamLedger> ledger(LedgerQuery query) throws StoreUnavailableException {
        requireAvailable();
        return ledgers.stream()
                .filter(stream -> query.node() == null || query.node().equals(stream.node()))
                .toList();
    }

    @Override
    public List<ProducerStatus> producers() throws StoreUnavailableException {
        requireAvailable();
        return producers;
    }

    @Override
    public <X extends Exception> void objects(EventQuery query, RowSink<InventoryRow, X> sink)
            throws X, StoreUnavailableException {
        requireAvailable();
        page(query, objects, Comparator.comparingLong(InventoryRow::position), InventoryRow::position, sink);
    }

    @Override
    public List<InventoryListRow> lists() throws StoreUnavailableException {
        requireAvailable();
        return lists;
    }

    @Override
    public Map<String, Workload> workloads(String cluster, Collection<String> podUids) {
        return Map.of();
    }

    private <R, X extends Exception> void page(
            EventQuery query,
            List<R> rows,
            Comparator<R> order,
            java.util.function.ToLongFunction<R> position,
            RowSink<R, X> sink)
            throws X, StoreUnavailableException {
        lastQuery = query;
        List<R> page = rows.stream()
                .sorted(query.newestFirst() ? order.reversed() : order)
                .filter(row -> query.newestFirst()
                        ? position.applyAsLong(row) < query.after()
                        : position.applyAsLong(row) > query.after())
                .limit(query.limit())
                .toList();
        int given = 0;
        for (R row : page) {
            if (given++ == failAfter) {
                throw new StoreUnavailableException(
                        "the test said so", Duration.ofSeconds(3), new IllegalStateException());
            }
            sink.accept(row);
        }
    }
}
