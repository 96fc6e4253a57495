/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.outbox;

import dev.defender.protocol.wire.RecordClasses;

/** What happened to the records of each class since the epoch began. Collector thread. */
final class Totals {
    /** The classes that this producer counts, in the order of their cells. */
    static final int[] CLASSES = {RecordClasses.INVENTORY, RecordClasses.KUBERNETES_EVENT, RecordClasses.INVENTORY_LIST
    };

    private final long[] captured = new long[CLASSES.length];
    private final long[] filtered = new long[CLASSES.length];
    private final long[] lost = new long[CLASSES.length];
    private final long[] lostReported = new long[CLASSES.length];
    private long changes;

    void captured(int recordClass) {
        captured[cell(recordClass)]++;
        changes++;
    }

    void filtered(int recordClass) {
        captured[cell(recordClass)]++;
        filtered[cell(recordClass)]++;
        changes++;
    }

    void lost(int recordClass) {
        lost[cell(recordClass)]++;
        changes++;
    }

    long captured(Cell cell) {
        return captured[cell.number()];
    }

    long filtered(Cell cell) {
        return filtered[cell.number()];
    }

    long lost(Cell cell) {
        return lost[cell.number()];
    }

    /** Lost since {@link #reported} was last called for the cell. */
    long unreported(Cell cell) {
        return lost[cell.number()] - lostReported[cell.number()];
    }

    void reported(Cell cell, long count) {
        lostReported[cell.number()] += count;
    }

    /** Grows with every count. */
    long changes() {
        return changes;
    }

    /** The counts of one class. */
    record Cell(int number) {
        static final Cell[] ALL = {new Cell(0), new Cell(1), new Cell(2)};

        int recordClass() {
            return CLASSES[number];
        }
    }

    private static int cell(int recordClass) {
        return recordClass - RecordClasses.INVENTORY;
    }
}
