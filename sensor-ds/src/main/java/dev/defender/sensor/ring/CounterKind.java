/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

/** What a counter of a ledger row counts. The first three are written by the kernel alone (event.h). */
public enum CounterKind {
    /** Seen at the hook. For DETECTION: concluded, written by user space. */
    CAPTURED,
    /** Left out on purpose by the kernel's filters. */
    FILTERED,
    /** Lost: no room in the ring. */
    RING_FULL,
    /** Left out on purpose in user space. */
    FILTERED_IN_USER_SPACE,
    /** Lost: refused by the decoder. */
    UNDECODABLE,
    /** Lost: the un-acked window was full. */
    OUT_OF_CREDIT,
    /** Acknowledged as durable by the publisher. */
    DURABLE,
    /** Lost by anything else. */
    LOST_OTHERWISE;

    private static final CounterKind[] KINDS = values();

    /** Kinds by number. */
    static CounterKind of(int number) {
        return KINDS[number];
    }

    /** Whether user space may write it for the given record class. */
    boolean writable(int recordClass) {
        return ordinal() > RING_FULL.ordinal() || recordClass == LedgerLayout.DETECTION;
    }
}
