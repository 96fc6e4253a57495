/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

/** Sizes of the ledger's maps, as event.h has them. */
public final class LedgerLayout {
    /** Rows, row 0 ("other") included. Counters of an epoch that another version left behind may have another number. */
    public static final int ROWS = 1024;

    /** Classes per row: 1..7, then DETECTION. */
    public static final int SLOTS = 8;

    /** Words of user space per cell. */
    public static final int USER_WORDS = 8;

    /** Words of user space per epoch. */
    public static final int HEAD_WORDS = 512;

    /** Bytes of user space's text per row. */
    public static final int LABEL_BYTES = 64;

    static final int WORDS = 16;
    static final int CAPTURED = 0;
    static final int FILTERED = 1;
    static final int RING_FULL = 2;
    static final int FIRST_USER_WORD = 8;
    static final int OPEN_SLOT = 6;
    static final int DETECTION_SLOT = 7;
    static final int LEDGER_BYTES = ROWS * SLOTS * WORDS * Long.BYTES;

    private static final int[] INDEX_ENTRIES = {65_536, 4_096};

    private LedgerLayout() {}

    /** Entries of a lane's index, a power of two. */
    static int indexEntries(int lane) {
        return INDEX_ENTRIES[lane];
    }

    /** Byte offset of a lane's index entry in the map. */
    static int indexOffset(int lane, long sequence) {
        int first = lane == 0 ? 0 : INDEX_ENTRIES[0];
        return (first + (int) (sequence & INDEX_ENTRIES[lane] - 1)) * Long.BYTES;
    }

    static int indexBytes() {
        return (INDEX_ENTRIES[0] + INDEX_ENTRIES[1]) * Long.BYTES;
    }

    /** Byte offset of a word of a cell; cell = row × SLOTS + slot. */
    static int wordOffset(int cell, int word) {
        return (cell * WORDS + word) * Long.BYTES;
    }

    /** Cell of a class (1..7) in a row. */
    static int cell(int row, int recordClass) {
        return row * SLOTS + recordClass - 1;
    }
}
