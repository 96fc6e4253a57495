/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.protocol.v1.Cut;
import dev.defender.protocol.v1.Gap;
import dev.defender.protocol.v1.InventoryList;

/** A record of a batch that is more than a row: {@code index} is its place in the batch. */
sealed interface Report {
    int index();

    record OfAlert(int index, Alert alert) implements Report {}

    record OfGap(int index, Gap gap) implements Report {}

    record OfCut(int index, Cut cut) implements Report {}

    record OfHealth(int index) implements Report {}

    record OfObject(int index, InventoryChange change) implements Report {}

    record OfList(int index, InventoryList list) implements Report {}
}
