/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ledger;

import java.util.Arrays;

/**
 * The running epoch's side of the ledger. All methods belong to the event thread, save {@link #acked} and
 * {@link #welcomed}, which are the link thread's. Nothing here allocates.
 */
public final class Ledger {
    private static final byte[] NONE = new byte[0];

    private final LedgerMemory memory;
    private final int cells;
    private final byte[][] containers;

    /** Begins {@code epoch} in fresh, zeroed memory. */
    public Ledger(LedgerMemory memory, long epoch) {
        this.memory = memory;
        this.cells = memory.rows() * Cells.SLOTS;
        this.containers = new byte[memory.rows()][];
        Arrays.fill(containers, NONE);
        memory.setHead(HeadWords.NEXT_SEQUENCE, 1);
        memory.setHead(HeadWords.NEXT_SEQUENCE + 1, 1);
        memory.setHead(HeadWords.LAST_ALIVE, epoch);
        memory.setHead(HeadWords.EPOCH, epoch);
    }

    public long epoch() {
        return memory.head(HeadWords.EPOCH);
    }

    /** Cells of this ledger, numbered from 0. */
    public int cells() {
        return cells;
    }

    public int indexEntries(int lane) {
        return memory.indexEntries(lane);
    }

    /** Gives {@code sequence} to a record of a counted class: see the package for the order of the three stores. */
    public void number(int lane, long sequence, int cell) {
        long total = memory.cell(cell, CellWords.NUMBERED) + 1;
        memory.setIndex(lane, sequence, IndexEntry.counted(cell, total));
        memory.setHead(HeadWords.NEXT_SEQUENCE + lane, sequence + 1);
        memory.setCell(cell, CellWords.NUMBERED, total);
    }

    /** Gives {@code sequence} to a cut or a health record. */
    public void numberUncounted(int lane, long sequence) {
        memory.setIndex(lane, sequence, IndexEntry.UNCOUNTED);
        memory.setHead(HeadWords.NEXT_SEQUENCE + lane, sequence + 1);
    }

    /** Gives {@code sequence} to a report of {@code count} losses of this epoch. */
    public void numberGap(int lane, long sequence, int cell, LossKind kind, long count) {
        int word = kind.gappedWord();
        long total = memory.cell(cell, word) + count;
        memory.setHead(HeadWords.GAP_CELL_WORD, (long) cell * CellWords.COUNT + word);
        memory.setHead(HeadWords.GAP_TOTAL, total);
        memory.setHead(HeadWords.GAP_SEQUENCE, sequence);
        memory.setIndex(lane, sequence, IndexEntry.gap(cell, kind.ordinal(), count));
        memory.setHead(HeadWords.NEXT_SEQUENCE + lane, sequence + 1);
        memory.setCell(cell, word, total);
    }

    /** A detection was concluded. */
    public void captured(int cell) {
        memory.setCaptured(cell, memory.captured(cell) + 1);
    }

    public void filtered(int cell) {
        memory.setCell(cell, CellWords.FILTERED, memory.cell(cell, CellWords.FILTERED) + 1);
    }

    public void lost(int cell, LossKind kind) {
        int word = kind == LossKind.OUT_OF_CREDIT ? CellWords.LOST_CREDIT : CellWords.LOST_UNDECODABLE;
        memory.setCell(cell, word, memory.cell(cell, word) + 1);
    }

    /** Whether nothing was ever counted there: an event is counted as captured before it is counted as anything else. */
    public boolean untouched(int cell) {
        return memory.captured(cell) == 0;
    }

    public long lastSequence(int lane) {
        return memory.head(HeadWords.NEXT_SEQUENCE + lane) - 1;
    }

    /** Losses of that kind that no numbered report names yet. */
    public long unreported(int cell, LossKind kind) {
        return CellTotals.lost(memory, cell, kind) - memory.cell(cell, kind.gappedWord());
    }

    public void alive(long bootNs) {
        memory.setHead(HeadWords.LAST_ALIVE, bootNs);
    }

    /** Link thread: the publisher holds everything up to {@code sequence}. */
    public void acked(int lane, long sequence) {
        memory.setHead(HeadWords.ACKED_SEQUENCE + lane, sequence);
    }

    /** Link thread, before the first record is sent. */
    public void welcomed() {
        memory.setHead(HeadWords.WELCOMED, 1);
    }

    /**
     * Writes down whose row this is; call before an event of the row is numbered. Only the first id counts.
     *
     * @param id ASCII, at most 64 bytes, not changed afterwards
     */
    public void container(int row, byte[] id) {
        if (row != 0 && id.length > 0 && containers[row].length == 0) {
            memory.setContainer(row, id, 0, id.length);
            containers[row] = id;
        }
    }

    /** Container id of the cell's row, empty if it has none. Not to be changed. */
    public byte[] containerOf(int cell) {
        return containers[Cells.row(cell)];
    }

    LedgerMemory memory() {
        return memory;
    }

    public CellTotals totals() {
        return new CellTotals(memory);
    }
}
