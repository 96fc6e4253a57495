/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

/**
 * The counters of the loss ledger of one epoch. Totals since the epoch began, never reset. Any thread may read; one
 * thread writes the kinds that user space owns.
 *
 * <p>Record classes are the protocol's numbers, 1..7 and 32.
 */
public interface LedgerCounters {
    /** The total now. CAPTURED is read no earlier than what it covers: never below a record already delivered. */
    long get(int row, int recordClass, CounterKind kind);

    /** Adds to a kind that user space owns; any other is an {@link IllegalArgumentException}. */
    void add(int row, int recordClass, CounterKind kind, long count);
}
