/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

import java.util.Optional;

/** Alerts by the position at which each was first stored, with the same promise as {@link EventStore}. Thread-safe. */
public interface AlertStore {
    <X extends Exception> void alerts(EventQuery query, RowSink<AlertRow, X> sink) throws X, StoreUnavailableException;

    Optional<AlertRow> alert(String alertUid) throws StoreUnavailableException;
}
