/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

import java.util.Optional;

/**
 * Events by position. Once a reader has seen a position, no row with a smaller one ever becomes visible: a cursor that
 * has passed loses nothing. Thread-safe.
 */
public interface EventStore {
    /** Gives at most {@code query.limit()} rows to {@code sink}, in the query's order, as they come from the store. */
    <X extends Exception> void events(EventQuery query, RowSink<EventRow, X> sink) throws X, StoreUnavailableException;

    Optional<EventRow> event(long position) throws StoreUnavailableException;
}
