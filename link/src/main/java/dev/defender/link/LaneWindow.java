/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.link;

import dev.defender.protocol.wire.RecordHeader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One lane's un-acked records in a byte ring. One thread of the producer, the event thread, appends at the head, the link thread sends from anywhere
 * between tail and head and moves the tail with each acknowledgement. Positions are bytes since the window began and never
 * go back; a record never crosses the end of the ring.
 */
public final class LaneWindow {
    private static final VarHandle HEAD;
    private static final VarHandle TAIL;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(LaneWindow.class, "head", long.class);
            TAIL = lookup.findVarHandle(LaneWindow.class, "tail", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ByteBuffer memory;
    private final int capacity;
    private final int shift;
    private final long maxRecords;

    /** Per lap parity: position where the lap ends early because a record did not fit. Two laps can be open at a time. */
    private final long[] lapEnd = {-1, -1};

    // Written by the event thread.
    private long nextSequence = 1;
    private volatile long head;

    // Written by the link thread.
    private volatile long tail;
    private volatile long ackedSequence;

    /**
     * @param capacity bytes, a power of two; at least twice the longest record, so that an empty window takes any
     * @param maxRecords most un-acked records; the size of the lane's sequence index where the producer keeps one
     */
    public LaneWindow(int capacity, int maxRecords) {
        if (Integer.bitCount(capacity) != 1 || capacity < 2 * RecordHeader.MAX_RECORD_BYTES) {
            throw new IllegalArgumentException("capacity must be a power of two of at least 128 KiB: " + capacity);
        }
        this.memory = ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
        this.capacity = capacity;
        this.shift = Integer.numberOfTrailingZeros(capacity);
        this.maxRecords = maxRecords;
    }

    public int capacity() {
        return capacity;
    }

    /** Event thread: the sequence that the next record gets. */
    public long nextSequence() {
        return nextSequence;
    }

    /** Bytes between tail and head, skipped ends of laps included. */
    public long used() {
        return head - tail;
    }

    /**
     * Event thread: whether a record fits and leaves no more than {@code limit} bytes in use.
     *
     * @param length header and body, bytes
     */
    public boolean fits(int length, long limit) {
        long at = (long) HEAD.getOpaque(this);
        return end(at, length) - (long) TAIL.getAcquire(this) <= Math.min(limit, capacity)
                && nextSequence - 1 - ackedSequence < maxRecords;
    }

    /**
     * Event thread: copies a whole record in. The caller asked {@link #fits} and numbered the record; the header in
     * {@code source} already holds {@link #nextSequence()}.
     */
    public void append(byte[] source, int offset, int length) {
        long at = (long) HEAD.getOpaque(this);
        long end = end(at, length);
        long start = end - length;
        if (start != at) {
            lapEnd[(int) (at >>> shift) & 1] = at;
        }
        memory.put((int) start & capacity - 1, source, offset, length);
        nextSequence++;
        HEAD.setRelease(this, end);
    }

    /** Link thread: where the next record to send begins, given that everything before {@code position} was sent. */
    public long skipLapEnd(long position) {
        int lap = (int) (position >>> shift) & 1;
        return position == lapEnd[lap] ? ((position >>> shift) + 1) << shift : position;
    }

    /** Link thread: end of what may be read. */
    public long head() {
        return (long) HEAD.getAcquire(this);
    }

    public long tail() {
        return tail;
    }

    /** Link thread: the last sequence that the publisher acknowledged. */
    public long ackedSequence() {
        return ackedSequence;
    }

    /** Link thread: index of the position in {@link #memory()}. */
    public int index(long position) {
        return (int) position & capacity - 1;
    }

    /** The ring, little-endian. Read only what lies between tail and head. */
    public ByteBuffer memory() {
        return memory;
    }

    /** Link thread: length of the record that begins at {@code position}, header included. */
    public int recordLength(long position) {
        return RecordHeader.BYTES + RecordHeader.bodyLength(memory, index(position));
    }

    /**
     * Link thread: everything up to {@code sequence} is durable; its room is free again.
     *
     * @return position after the last record released
     */
    public long release(long sequence) {
        long at = tail;
        long end = head();
        while (at < end) {
            at = skipLapEnd(at);
            if (at >= end || RecordHeader.sequence(memory, index(at)) > sequence) {
                break;
            }
            at += recordLength(at);
        }
        if (sequence > ackedSequence) {
            ackedSequence = sequence;
        }
        TAIL.setRelease(this, at);
        return at;
    }

    private long end(long at, int length) {
        long lapStart = at >>> shift << shift;
        boolean crosses = at - lapStart + length > capacity;
        return (crosses ? lapStart + capacity : at) + length;
    }
}
