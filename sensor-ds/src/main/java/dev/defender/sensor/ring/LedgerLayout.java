/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

/** Layout of the mapped ledger, as event.h has it: rows of classes of kinds, eight bytes each. */
public final class LedgerLayout {
    /** Rows, row 0 included. */
    public static final int ROWS = 256;

    public static final int CLASSES = 16;
    public static final int KINDS = 8;

    /** Size of the whole map in bytes. */
    public static final int BYTES = ROWS * CLASSES * KINDS * Long.BYTES;

    /** Bytes of user space's own text per row, in the map {@code row_labels}. */
    public static final int LABEL_BYTES = 128;

    /** Words of user space's own state in the map {@code ledger_meta}. */
    public static final int META_WORDS = 512;

    /** Lanes and entries per lane of the map {@code window_index}, four bytes each. */
    public static final int WINDOW_LANES = 2;

    public static final int WINDOW_ENTRIES = 131072;

    static final int DETECTION = 32;
    private static final int DETECTION_INDEX = 8;

    private LedgerLayout() {}

    /** Byte offset of a counter. */
    static int offset(int row, int recordClass, CounterKind kind) {
        if (row < 0 || row >= ROWS) {
            throw new IllegalArgumentException("ledger row " + row + " is not in 0.." + (ROWS - 1));
        }
        return ((row * CLASSES + classIndex(recordClass)) * KINDS + kind.ordinal()) * Long.BYTES;
    }

    private static int classIndex(int recordClass) {
        if (recordClass >= 1 && recordClass < DETECTION_INDEX) {
            return recordClass;
        }
        if (recordClass == DETECTION) {
            return DETECTION_INDEX;
        }
        throw new IllegalArgumentException("record class " + recordClass + " has no ledger rows");
    }
}
