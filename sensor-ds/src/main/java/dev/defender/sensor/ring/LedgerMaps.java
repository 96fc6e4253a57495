/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The counters of one epoch: the kernel's and user space's words side by side, in maps that outlive the process, or in plain
 * memory for a replay. A cell is (row, class): {@code row × 8 + slot}, slots 0..6 for classes 1..7, slot 7 for DETECTION.
 *
 * <p>A word is stored and seen as a whole; stores of one thread become visible in the order in which they were made. The
 * kernel counts an event as captured before it counts it as anything else: who reads filtered and lost first and captured
 * last never sees less captured than accounted for.
 */
public final class LedgerMaps implements AutoCloseable {
    private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final ByteBuffer counters;
    private final ByteBuffer plainOpens;
    private final ByteBuffer labels;
    private final ByteBuffer head;
    private final ByteBuffer index;
    private final int rows;
    private final int cpus;
    private final List<AutoCloseable> mappings;

    /** Takes ownership of the mappings behind the buffers. */
    LedgerMaps(
            ByteBuffer counters,
            ByteBuffer plainOpens,
            ByteBuffer labels,
            ByteBuffer head,
            ByteBuffer index,
            int rows,
            int cpus,
            List<AutoCloseable> mappings) {
        this.counters = counters;
        this.plainOpens = plainOpens;
        this.labels = labels;
        this.head = head;
        this.index = index;
        this.rows = rows;
        this.cpus = cpus;
        this.mappings = List.copyOf(mappings);
    }

    /** Zeroed memory of this process alone, for a replay or a test. */
    public static LedgerMaps allocate() {
        return new LedgerMaps(
                memory(LedgerLayout.LEDGER_BYTES),
                memory(LedgerLayout.ROWS * Long.BYTES),
                memory(LedgerLayout.ROWS * LedgerLayout.LABEL_BYTES),
                memory(LedgerLayout.HEAD_WORDS * Long.BYTES),
                memory(LedgerLayout.indexBytes()),
                LedgerLayout.ROWS,
                1,
                List.of());
    }

    private static ByteBuffer memory(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Rows per class; row 0 is "other". */
    public int rows() {
        return rows;
    }

    /** Entries of the lane's sequence index, a power of two. */
    public int indexEntries(int lane) {
        return LedgerLayout.indexEntries(lane);
    }

    /** Seen at the hook; for DETECTION concluded. */
    public long captured(int cell) {
        return word(cell, LedgerLayout.CAPTURED) + plainOpens(cell);
    }

    /** User space counts detections; a replay counts what it delivers. Never for a class that the kernel counts. */
    public void setCaptured(int cell, long value) {
        setWord(cell, LedgerLayout.CAPTURED, value);
    }

    /** Left out on purpose by the kernel. */
    public long filtered(int cell) {
        return word(cell, LedgerLayout.FILTERED) + plainOpens(cell);
    }

    /** Lost: no room in the ring. */
    public long ringLost(int cell) {
        return word(cell, LedgerLayout.RING_FULL);
    }

    /** Word 0..7 of user space in a cell. */
    public long cell(int cell, int userWord) {
        return word(cell, LedgerLayout.FIRST_USER_WORD + userWord);
    }

    public void setCell(int cell, int userWord, long value) {
        setWord(cell, LedgerLayout.FIRST_USER_WORD + userWord, value);
    }

    /** Word of user space for the whole epoch. */
    public long head(int userWord) {
        return (long) WORD.getAcquire(head, userWord * Long.BYTES);
    }

    public void setHead(int userWord, long value) {
        WORD.setRelease(head, userWord * Long.BYTES, value);
    }

    /** Entry of a sequence number in the lane's index, which is a ring of {@link #indexEntries}. */
    public long index(int lane, long sequence) {
        return (long) WORD.getAcquire(index, LedgerLayout.indexOffset(lane, sequence));
    }

    public void setIndex(int lane, long sequence, long entry) {
        WORD.setRelease(index, LedgerLayout.indexOffset(lane, sequence), entry);
    }

    /** Container id of the row as user space wrote it; empty if none. Allocates. */
    public String container(int row) {
        byte[] id = new byte[LedgerLayout.LABEL_BYTES];
        labels.get(row * id.length, id);
        int length = 0;
        while (length < id.length && id[length] != 0) {
            length++;
        }
        return new String(id, 0, length, StandardCharsets.US_ASCII);
    }

    /** Writes down whose row it is, at most 64 ASCII bytes. */
    public void setContainer(int row, byte[] id, int offset, int length) {
        int at = row * LedgerLayout.LABEL_BYTES;
        labels.put(at, id, offset, Math.min(length, LedgerLayout.LABEL_BYTES));
    }

    private long plainOpens(int cell) {
        if (cell % LedgerLayout.SLOTS != LedgerLayout.OPEN_SLOT) {
            return 0;
        }
        int row = cell / LedgerLayout.SLOTS;
        long sum = 0;
        for (int cpu = 0; cpu < cpus; cpu++) {
            sum += (long) WORD.getAcquire(plainOpens, (cpu * rows + row) * Long.BYTES);
        }
        return sum;
    }

    private long word(int cell, int word) {
        return (long) WORD.getAcquire(counters, LedgerLayout.wordOffset(cell, word));
    }

    private void setWord(int cell, int word, long value) {
        WORD.setRelease(counters, LedgerLayout.wordOffset(cell, word), value);
    }

    /** Unmaps; no method may be called afterwards. */
    @Override
    public void close() {
        mappings.forEach(LedgerMaps::unmap);
    }

    private static void unmap(AutoCloseable mapping) {
        try {
            mapping.close();
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
