/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ledger;

import dev.defender.protocol.wire.Lanes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * {@link LedgerMemory} over one direct buffer: the test plays the kernel. The same words in the pinned maps are
 * {@link MapsMemory}.
 */
public final class MappedLedger implements LedgerMemory {
    private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int KERNEL_WORDS = 3;
    private static final int CONTAINER_BYTES = 64;

    private final ByteBuffer buffer;
    private final int rows;
    private final int[] entries;
    private final int[] indexAt = new int[Lanes.COUNT];
    private final int cellsAt;
    private final int containersAt;

    private MappedLedger(ByteBuffer buffer, int rows, int[] entries) {
        this.buffer = buffer;
        this.rows = rows;
        this.entries = entries;
        indexAt[0] = HeadWords.COUNT * Long.BYTES;
        indexAt[1] = indexAt[0] + entries[0] * Long.BYTES;
        cellsAt = indexAt[1] + entries[1] * Long.BYTES;
        containersAt = cellsAt + rows * Cells.SLOTS * (KERNEL_WORDS + CellWords.COUNT) * Long.BYTES;
    }

    /** Zeroed memory of this process alone. Index sizes are powers of two. */
    public static MappedLedger allocate(int rows, int bulkEntries, int urgentEntries) {
        int words =
                HeadWords.COUNT + bulkEntries + urgentEntries + rows * Cells.SLOTS * (KERNEL_WORDS + CellWords.COUNT);
        ByteBuffer buffer = ByteBuffer.allocateDirect(words * Long.BYTES + rows * CONTAINER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        return new MappedLedger(buffer, rows, new int[] {bulkEntries, urgentEntries});
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int indexEntries(int lane) {
        return entries[lane];
    }

    @Override
    public long captured(int cell) {
        return get(cellAt(cell));
    }

    @Override
    public void setCaptured(int cell, long value) {
        set(cellAt(cell), value);
    }

    @Override
    public long filtered(int cell) {
        return get(cellAt(cell) + Long.BYTES);
    }

    @Override
    public long ringLost(int cell) {
        return get(cellAt(cell) + 2 * Long.BYTES);
    }

    /** Plays the kernel: the hook found no room in the ring. */
    public void setRingLost(int cell, long value) {
        set(cellAt(cell) + 2 * Long.BYTES, value);
    }

    /** Plays the kernel: the hook left it out on purpose. */
    public void setFiltered(int cell, long value) {
        set(cellAt(cell) + Long.BYTES, value);
    }

    @Override
    public long cell(int cell, int word) {
        return get(cellAt(cell) + (KERNEL_WORDS + word) * Long.BYTES);
    }

    @Override
    public void setCell(int cell, int word, long value) {
        set(cellAt(cell) + (KERNEL_WORDS + word) * Long.BYTES, value);
    }

    @Override
    public long head(int word) {
        return get(word * Long.BYTES);
    }

    @Override
    public void setHead(int word, long value) {
        set(word * Long.BYTES, value);
    }

    @Override
    public long index(int lane, long sequence) {
        return get(indexAt[lane] + (int) (sequence & entries[lane] - 1) * Long.BYTES);
    }

    @Override
    public void setIndex(int lane, long sequence, long entry) {
        set(indexAt[lane] + (int) (sequence & entries[lane] - 1) * Long.BYTES, entry);
    }

    @Override
    public String container(int row) {
        byte[] id = new byte[CONTAINER_BYTES];
        buffer.get(containersAt + row * CONTAINER_BYTES, id);
        int length = 0;
        while (length < id.length && id[length] != 0) {
            length++;
        }
        return new String(id, 0, length, StandardCharsets.US_ASCII);
    }

    @Override
    public void setContainer(int row, byte[] id, int offset, int length) {
        buffer.put(containersAt + row * CONTAINER_BYTES, id, offset, Math.min(length, CONTAINER_BYTES));
    }

    private int cellAt(int cell) {
        return cellsAt + cell * (KERNEL_WORDS + CellWords.COUNT) * Long.BYTES;
    }

    private long get(int at) {
        return (long) WORD.getAcquire(buffer, at);
    }

    private void set(int at, long value) {
        WORD.setRelease(buffer, at, value);
    }
}
