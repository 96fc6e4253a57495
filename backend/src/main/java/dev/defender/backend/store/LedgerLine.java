/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

/**
 * Totals of one class and container since the epoch began.
 *
 * @param row counter row of the node; 0 = other
 * @param containerUid empty = no container, or beyond the node's bound
 */
public record LedgerLine(
        int recordClass,
        int row,
        String containerUid,
        long captured,
        long delivered,
        long filtered,
        long lost,
        long inFlight) {}
