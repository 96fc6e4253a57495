/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ledger;

import dev.defender.protocol.wire.RecordClasses;

/** A cell is one (record class, row) of the ledger. Its number is {@code row × SLOTS + slot of the class}. */
public final class Cells {
    /** Classes that are counted: 1 to 7 and DETECTION. */
    public static final int SLOTS = 8;

    private static final int DETECTION_SLOT = 7;

    private Cells() {}

    /** @param recordClass a counted class */
    public static int cell(int recordClass, int row) {
        return row * SLOTS + (recordClass == RecordClasses.DETECTION ? DETECTION_SLOT : recordClass - 1);
    }

    public static int row(int cell) {
        return cell / SLOTS;
    }

    public static int recordClass(int cell) {
        int slot = cell % SLOTS;
        return slot == DETECTION_SLOT ? RecordClasses.DETECTION : slot + 1;
    }
}
