/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

import java.util.List;

/** The loss ledger as it stands now. Thread-safe. */
public interface LedgerStore {
    List<StreamLedger> ledger(LedgerQuery query) throws StoreUnavailableException;
}
