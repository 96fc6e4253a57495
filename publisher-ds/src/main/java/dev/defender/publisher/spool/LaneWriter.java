/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import dev.defender.protocol.clock.NodeClock;
import dev.defender.publisher.spool.Segments.Segment;
import dev.defender.publisher.stream.StreamId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Appends to one lane. Only what {@link #sync} has covered may be acknowledged; after any IOException call
 * {@link #rollBack}, which forgets what was appended since. One thread.
 */
public final class LaneWriter implements AutoCloseable {
    private final Path directory;
    private final int lane;
    private final StreamMarks marks;
    private final DurableEnd end;
    private final Budget budget;
    private final NodeClock clock;
    private final SpoolStats stats;
    private final BlockAssembler blocks = new BlockAssembler();
    private final CRC32C crc = new CRC32C();
    private @Nullable FileChannel active;
    private @Nullable Path activePath;
    private long number;
    private int salt;
    private long written;
    private long synced;
    private long firstUnsyncedNanos;

    LaneWriter(Path directory, int lane, Lane.Shared shared, long lastNumber) {
        this.directory = directory;
        this.lane = lane;
        this.marks = shared.marks();
        this.end = shared.end();
        this.budget = shared.budget();
        this.clock = shared.clock();
        this.stats = shared.stats();
        this.number = lastNumber;
    }

    /** Last sequence of the stream that is in the log, synced or not; −1 where the lane does not know the stream. */
    public long appended(StreamId stream) {
        return marks.appended(stream);
    }

    /** Last sequence of the stream that is durable; −1 where the lane does not know the stream. */
    public long durable(StreamId stream) {
        return marks.durable(stream);
    }

    /** The newest epoch that the lane knows of the stream's producer in its boot; 0 if none. */
    public long newestEpoch(StreamId stream) {
        return marks.newestEpoch(stream);
    }

    /** Bytes that a producer may have sent and not seen acknowledged. */
    public long creditBytes() {
        return budget.credit(lane);
    }

    /** Bytes appended since the last sync. */
    public long unsyncedBytes() {
        return written - synced;
    }

    /** System.nanoTime of the oldest append that is not synced; meaningless where {@link #unsyncedBytes} is 0. */
    public long firstUnsyncedNanos() {
        return firstUnsyncedNanos;
    }

    /**
     * Makes a stream known, or moves its mark over sequences that will never come. A reader that expected those
     * sequences reports them as lost.
     */
    public void define(StreamId stream, long mark) throws IOException {
        FileChannel channel = channel();
        ByteBuffer block = ByteBuffer.allocate(StreamBlocks.MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        StreamBlocks.write(block, stream, mark, now(), salt, crc);
        account(writeFully(channel, block.flip()));
        marks.append(stream, mark);
    }

    /**
     * Appends contiguous, valid records of a known stream that continue at {@link #appended} + 1.
     *
     * @param from index of the first record in {@code records}, which must be little-endian
     * @param length bytes, at most the payload of one frame
     * @throws SpoolFullException if the budget has no room; nothing was written
     */
    public void append(StreamId stream, long first, int count, ByteBuffer records, int from, int length)
            throws IOException {
        if (length > budget.room(lane)) {
            throw new SpoolFullException("the spool has used " + budget.usedBytes() + " of " + budget.limitBytes()
                    + " bytes; raise --spool-max-bytes, free the disk, or make the backend reachable");
        }
        FileChannel channel = channel();
        account(blocks.write(channel, stream.key(), first, records, from, length, now(), salt));
        marks.append(stream, first + count - 1);
    }

    /** fdatasync, if anything was appended since the last one; then the marks and the reader may move. */
    public void sync() throws IOException {
        FileChannel channel = active;
        if (channel == null || written == synced) {
            return;
        }
        channel.force(false);
        stats.syncs.incrementAndGet();
        synced = written;
        // In this order: a reader that sees a mark also sees that there is more to read before it misses anything.
        end.publish(number, synced);
        marks.synced();
    }

    /** Drops what was appended after the last sync; the next append begins a new segment. */
    public void rollBack() {
        stats.writeFailures.incrementAndGet();
        marks.rollBack();
        FileChannel channel = active;
        active = null;
        if (channel == null) {
            return;
        }
        try (channel) {
            budget.add(synced - written);
            channel.truncate(synced);
            if (synced == 0 && activePath != null) {
                // Retries on a full disk must not leave a file each.
                Files.deleteIfExists(activePath);
            }
        } catch (IOException e) {
            // Left behind are whole records that the producer will send again, or a torn block: a reader passes both.
            stats.damagedBlocks.incrementAndGet();
        }
        written = synced;
    }

    /** Syncs and closes; the writer is of no use afterwards. */
    @Override
    public void close() throws IOException {
        try (FileChannel channel = active) {
            if (channel != null) {
                sync();
            }
        } finally {
            active = null;
        }
    }

    private FileChannel channel() throws IOException {
        FileChannel channel = active;
        if (channel != null && written < budget.segmentBytes()) {
            return channel;
        }
        if (channel != null) {
            sync();
            channel.close();
            active = null;
        }
        return openNext();
    }

    private FileChannel openNext() throws IOException {
        budget.reconsider(Files.getFileStore(directory).getUsableSpace());
        Segment segment = Segments.create(directory, number + 1);
        FileChannel channel = FileChannel.open(segment.path(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        number++;
        salt = segment.salt();
        written = 0;
        synced = 0;
        active = channel;
        activePath = segment.path();
        Segments.syncDirectory(directory);
        writeMarks(channel);
        end.publish(number, 0);
        return channel;
    }

    private void writeMarks(FileChannel channel) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(64 * StreamBlocks.MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Instants now = now();
        marks.forEachDurable((stream, mark) -> StreamBlocks.write(head, stream, mark, now, salt, crc));
        if (head.flip().hasRemaining()) {
            account(writeFully(channel, head));
        }
    }

    private static long writeFully(FileChannel channel, ByteBuffer from) throws IOException {
        long bytes = from.remaining();
        while (from.hasRemaining()) {
            channel.write(from);
        }
        return bytes;
    }

    private void account(long bytes) {
        if (written == synced) {
            firstUnsyncedNanos = System.nanoTime();
        }
        written += bytes;
        budget.add(bytes);
    }

    private Instants now() {
        return new Instants(clock.boottimeNanos(), NodeClock.realtimeNanos());
    }
}
