/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The clusters' Kubernetes objects. */
public interface InventoryStore {
    /** Gives the objects that the query's filter matches to the sink, in order of their positions. */
    <X extends Exception> void objects(EventQuery query, RowSink<InventoryRow, X> sink)
            throws X, StoreUnavailableException;

    /** The last list of every resource of every cluster. */
    List<InventoryListRow> lists() throws StoreUnavailableException;

    /** Workloads of pods by the pods' uids; a pod that is not known is not among the keys. */
    Map<String, Workload> workloads(String cluster, Collection<String> podUids) throws StoreUnavailableException;
}
