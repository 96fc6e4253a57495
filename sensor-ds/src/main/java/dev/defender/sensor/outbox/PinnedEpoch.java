/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.outbox;

import dev.defender.sensor.ledger.LedgerMemory;

/** Counters of an epoch of this boot whose process is gone. */
public interface PinnedEpoch {
    long epoch();

    LedgerMemory memory();

    /** Its end is durable: the counters may go. */
    void forget();
}
