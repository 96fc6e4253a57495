/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.service;

import dev.defender.backend.store.AlertStore;
import dev.defender.backend.store.EventLog;
import dev.defender.backend.store.EventStore;
import dev.defender.backend.store.InventoryStore;
import dev.defender.backend.store.LedgerStore;
import dev.defender.backend.store.SensorStore;
import java.util.function.BooleanSupplier;

/** What the service stores in and reads from. @param ready whether the store answers now */
public record Stores(
        EventLog log,
        EventStore events,
        AlertStore alerts,
        LedgerStore ledger,
        SensorStore sensors,
        InventoryStore inventory,
        BooleanSupplier ready) {}
