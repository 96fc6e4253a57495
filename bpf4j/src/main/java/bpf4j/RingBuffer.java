/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reader of a BPF_MAP_TYPE_RINGBUF map over its mapped memory: no native call and no allocation per record. The loop of a reader
 * is {@code while (running) { ring.consume(handler); ring.await(20, 1000); }}.
 *
 * <p><b>Wake-up protocol.</b> A wake-up costs the monitored program microseconds, so programs submit with the flags that
 * {@code ring_wakeup_flags} of {@code bpf4j_ring.h} returns: the kernel's adaptive mode, and a forced wake-up each time the
 * backlog passes a multiple of the watermark. In adaptive mode the kernel wakes a reader only if the published consumer position
 * equals the start of the record being submitted, which means that the reader has taken everything before it. This reader makes
 * that position its idle flag:
 *
 * <ul>
 *   <li>while records come, it publishes the start of the last record it took, one record short. No submission finds its own
 *       start there, hence none wakes; the timer of {@link #await} or the watermark does.
 *   <li>after a timer that brought nothing, it publishes the whole position, then a full fence, and looks at the producer position
 *       once more before it sleeps. The kernel writes the record's header with an atomic exchange and reads the consumer position
 *       after it, so either the reader sees the new record or the kernel sees a reader to wake: no wake-up is lost, and an idle
 *       host costs nothing.
 * </ul>
 *
 * A program that wants a record seen at once adds BPF_RB_FORCE_WAKEUP. Waiting is edge-triggered: a record that nobody announces
 * does not end it. Since one record stays unpublished, make the ring at least four times its largest record.
 *
 * <p>One thread reads; {@link #wakeup()} may be called by any. A reader that dies is followed by one that continues at the
 * published position, so up to 64 KiB of records and the last one are seen twice. There can be one reader of a ring at a time.
 */
public final class RingBuffer implements AutoCloseable {
    /** Default watermark of {@code bpf4j_ring.h}, in bytes. */
    public static final int WATERMARK_BYTES = 64 * 1024;

    private static final int PUBLISH_BYTES = 64 * 1024;
    private static final int HEADER_BYTES = 8;
    /** BPF_RINGBUF_BUSY_BIT is the sign bit of the header: reserved, not yet submitted. */
    private static final int DISCARD_BIT = 1 << 30;
    /** Length bits of a header, rounded down to whole words. */
    private static final int LENGTH_MASK = DISCARD_BIT - 8;

    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final MappedMemory consumerPage;
    private final MappedMemory producerPages;
    private final ByteBuffer consumer;
    private final ByteBuffer producer;
    private final ByteBuffer data;
    private final RingWait wait;
    private final int mask;
    private final int publishBytes;

    private long position;
    private long lastStart;
    private long positionAtWait;
    private long discarded;

    private RingBuffer(String name, int fd, int size) {
        int page = Libc.getpagesize();
        consumerPage = MappedMemory.map(name, fd, Libc.PROT_READ | Libc.PROT_WRITE, 0, page);
        producerPages = MappedMemory.map(name, fd, Libc.PROT_READ, page, page + 2L * size);
        wait = new RingWait(name, fd);
        consumer = consumerPage.buffer();
        producer = producerPages.buffer();
        data = producer.slice(page, 2 * size).order(ByteOrder.nativeOrder());
        mask = size - 1;
        publishBytes = Math.min(PUBLISH_BYTES, size / 4);
        position = (long) LONG.getAcquire(consumer, 0);
        lastStart = position;
        positionAtWait = position;
    }

    /**
     * Maps a ring buffer and takes up reading where the last reader published its position.
     *
     * @param map of type BPF_MAP_TYPE_RINGBUF, up to 512 MiB; may be closed afterwards
     */
    public static RingBuffer map(BpfMap map) {
        MapInfo info = map.info();
        if (info.type() != MapInfo.TYPE_RINGBUF) {
            throw new IllegalArgumentException("map " + map.name() + " is no ring buffer (type " + info.type() + ")");
        }
        if (info.maxEntries() <= 0 || info.maxEntries() > 1 << 29) {
            throw new IllegalArgumentException("ring buffer " + map.name() + " is larger than 512 MiB");
        }
        return new RingBuffer(map.name(), map.fd(), info.maxEntries());
    }

    /**
     * Hands over what was submitted before this call, at most one ring full, in order. Stops before a record that is reserved but
     * not yet submitted. If the handler throws, its record counts as taken.
     *
     * @return records handed over
     */
    public int consume(RecordHandler handler) {
        return consume(handler, Integer.MAX_VALUE);
    }

    /** Like {@link #consume(RecordHandler)}, at most {@code limit} records. */
    public int consume(RecordHandler handler, int limit) {
        long end = (long) LONG.getAcquire(producer, 0);
        int delivered = 0;
        long before;
        do {
            before = position;
            delivered += consumeBatch(handler, limit - delivered, (int) Math.min(end - before, publishBytes));
        } while (position != before && position < end && delivered < limit);
        return delivered;
    }

    /**
     * Takes the records that start in the next {@code bytes} and publishes how far it came. A method of its own, because the JIT
     * compiles one that is called often sooner and better than one that loops long.
     */
    private int consumeBatch(RecordHandler handler, int limit, int bytes) {
        ByteBuffer records = data;
        int base = (int) position & mask;
        int end = base + bytes;
        int start = base;
        int next = base;
        int delivered = 0;
        try {
            // Offsets may run past the ring's end into its second mapping.
            while (next < end && delivered < limit) {
                // A plain read and a fence are an acquire, at three quarters of its cost under C1.
                int header = (int) INT.get(records, next);
                VarHandle.acquireFence();
                if (header < 0) {
                    break;
                }
                start = next;
                int body = start + HEADER_BYTES;
                next = body + (header + 7 & LENGTH_MASK);
                if (header < DISCARD_BIT) {
                    delivered++;
                    handler.onRecord(records, body, header);
                } else {
                    discarded++;
                }
            }
        } finally {
            if (next != base) {
                lastStart = position + (start - base);
                position += next - base;
                LONG.setRelease(consumer, 0, lastStart);
            }
        }
        return delivered;
    }

    /**
     * Waits for records. If records were taken since the last wait, returns at once when a watermark's worth of them is there,
     * and else sleeps until {@code batchMillis} are over or a program forces a wake-up. If none were, publishes that the reader
     * is idle and sleeps until the first record or {@code idleMillis}. One native call, no allocation.
     *
     * @param batchMillis upper bound of a record's delay while records flow, 20 to 100 is sensible
     * @param idleMillis upper bound of an idle sleep, −1 for none
     * @return false when the time was over, true when woken; then {@link #consume} may still find nothing
     */
    public boolean await(int batchMillis, int idleMillis) {
        long end = (long) LONG.getAcquire(producer, 0);
        boolean took = position != positionAtWait;
        positionAtWait = position;
        if (took && end - position >= WATERMARK_BYTES) {
            return true;
        }
        // Nothing taken although something is there: its first record is still being written, so give it time.
        if (took || end != position) {
            return wait.await(batchMillis);
        }
        LONG.setVolatile(consumer, 0, position);
        VarHandle.fullFence();
        lastStart = position;
        if ((long) LONG.getVolatile(producer, 0) != position) {
            return true;
        }
        return wait.await(idleMillis);
    }

    /** Ends the current or the next wait; any thread. */
    public void wakeup() {
        wait.wakeup();
    }

    /** Bytes submitted or reserved and not yet taken. */
    public long backlogBytes() {
        return (long) LONG.getAcquire(producer, 0) - position;
    }

    /** Size of the ring in bytes. */
    public long sizeBytes() {
        return mask + 1L;
    }

    /** Records that the programs reserved and then discarded, skipped so far. */
    public long discardedRecords() {
        return discarded;
    }

    /** Publishes the position and unmaps. Not while another thread is inside any method but {@link #wakeup()}. */
    @Override
    public void close() {
        LONG.setVolatile(consumer, 0, position);
        wait.close();
        consumerPage.close();
        producerPages.close();
    }
}
