/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ledger;

/**
 * Words of memory that outlive the process. A word is a u64 at an index; a store is visible to the kernel and to a
 * successor as a whole, and stores of one thread become visible in the order in which they were made.
 */
public interface LedgerMemory {
    /** Rows per class; row 0 is "other". */
    int rows();

    /** Entries of the lane's sequence index, a power of two: no more records than this may be un-acked in a lane. */
    int indexEntries(int lane);

    /** Kernel: events seen at the hook. Written by user space only for detections. */
    long captured(int cell);

    void setCaptured(int cell, long value);

    /** Kernel: dropped on purpose at the hook. */
    long filtered(int cell);

    /** Kernel: no room in the ring. */
    long ringLost(int cell);

    /** User word {@code word} (0..7, see {@link CellWords}) of the cell. */
    long cell(int cell, int word);

    void setCell(int cell, int word, long value);

    /** User word of the head, see {@link HeadWords}. */
    long head(int word);

    void setHead(int word, long value);

    long index(int lane, long sequence);

    void setIndex(int lane, long sequence, long entry);

    /** Container id of the row, empty if it has none. Allocates. */
    String container(int row);

    /** Writes down whose row this is; at most 64 ASCII bytes. */
    void setContainer(int row, byte[] id, int offset, int length);
}
