/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ledger;

/**
 * What the index keeps of a numbered record, in one u64 so that it is stored as a whole.
 *
 * <pre>
 * bits 63..62  kind: 0 not counted (cut, health), 1 counted record, 2 gap report
 * counted:     bits 61..40 cell, bits 39..0 the cell's numbered total after this record, modulo 2⁴⁰
 * gap report:  bits 61..40 cell, bits 39..38 reason (0 ring, 1 credit, 2 undecodable), bits 37..0 count
 * </pre>
 */
final class IndexEntry {
    static final long UNCOUNTED = 0;
    static final long COUNTED = 1;
    static final long GAP = 2;
    static final long TOTAL_MASK = (1L << 40) - 1;
    private static final long CELL_MASK = (1L << 22) - 1;
    private static final long COUNT_MASK = (1L << 38) - 1;

    private IndexEntry() {}

    static long counted(int cell, long total) {
        return COUNTED << 62 | (long) cell << 40 | total & TOTAL_MASK;
    }

    static long gap(int cell, int reason, long count) {
        return GAP << 62 | (long) cell << 40 | (long) reason << 38 | count & COUNT_MASK;
    }

    static long kind(long entry) {
        return entry >>> 62;
    }

    static int cell(long entry) {
        return (int) (entry >>> 40 & CELL_MASK);
    }

    static long total(long entry) {
        return entry & TOTAL_MASK;
    }

    static int gapReason(long entry) {
        return (int) (entry >>> 38 & 3);
    }

    static long gapCount(long entry) {
        return entry & COUNT_MASK;
    }
}
