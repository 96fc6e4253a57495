/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ledger;

/** Why a running sensor loses an event; the number is the values of the protobuf enum {@code LossReason}. */
public enum LossKind {
    RING_FULL(1),
    OUT_OF_CREDIT(2),
    UNDECODABLE(4);

    private static final LossKind[] ALL = values();

    private final int reason;

    LossKind(int reason) {
        this.reason = reason;
    }

    /** Value of {@code defender.v1.LossReason}. */
    public int reason() {
        return reason;
    }

    /** All kinds, by ordinal. The array is shared: do not write to it. */
    static LossKind at(int ordinal) {
        return ALL[ordinal];
    }

    int gappedWord() {
        return CellWords.GAPPED_RING + ordinal();
    }
}
