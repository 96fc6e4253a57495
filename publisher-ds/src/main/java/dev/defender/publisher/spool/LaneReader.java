/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import dev.defender.publisher.stream.StreamId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is durable in one lane, in order, and settles it. One thread.
 *
 * <p>{@link #next} gives runs of records and the holes between them. Whatever it gave is settled by the caller with
 * {@link #settle}, in order, once the backend has it or its loss is durably reported; a segment goes away only after a
 * durable checkpoint behind it.
 */
public final class LaneReader implements AutoCloseable {
    /** What {@link #next} found. */
    public enum Found {
        /** Records: see {@link #stream}, {@link #first}, {@link #last}, {@link #records}. */
        RECORDS,
        /** A hole from {@link #first} to {@link #last} of {@link #stream}: the log had these records and lost them. */
        LOSS,
        /** Nothing more is durable for now. */
        NOTHING
    }

    private final DurableEnd end;
    private final StreamMarks marks;
    private final SpoolStats stats;
    private final LaneBlocks blocks;
    private final RecordRuns runs;
    private final Expectations expected;
    private final Settlement settlement;
    private final CRC32C crc = new CRC32C();
    private final StreamId none = new StreamId("", "", 0);
    private StreamId stream = none;
    private boolean inBlock;
    private boolean runPending;
    private long first;
    private long last;

    LaneReader(Path directory, Lane.Shared shared, Checkpoint checkpoint) {
        this.end = shared.end();
        this.marks = shared.marks();
        this.stats = shared.stats();
        this.blocks = new LaneBlocks(directory, shared, checkpoint.resume());
        this.runs = new RecordRuns(shared.stats());
        this.expected = new Expectations(checkpoint.settled(), shared.marks());
        this.settlement = new Settlement(directory, shared.budget(), checkpoint);
    }

    /**
     * Waits until {@code wanted} bytes that {@link #next} has not looked at are durable.
     *
     * @return whether they are; false when {@code nanos} went by or the lane was closed
     */
    public boolean await(long wanted, long nanos) throws InterruptedException {
        return inBlock || end.await(blocks.end(), wanted, nanos);
    }

    /** Moves to the next run or hole. What an earlier call gave is no longer readable. */
    public Found next() throws IOException {
        while (true) {
            if (inBlock) {
                if (runPending || runs.next(expected.of(stream))) {
                    return runOrHoleBefore();
                }
                inBlock = false;
            }
            switch (blocks.next()) {
                case NOTHING -> {
                    return tail();
                }
                case DAMAGED -> {}
                case BLOCK -> {
                    if (enter()) {
                        return Found.LOSS;
                    }
                }
            }
        }
    }

    public StreamId stream() {
        return stream;
    }

    public long first() {
        return first;
    }

    public long last() {
        return last;
    }

    /** Buffer that holds the run, little-endian; use {@link #recordsAt} and {@link #recordsLength}. */
    public ByteBuffer records() {
        return blocks.window();
    }

    public int recordsAt() {
        return runs.runAt();
    }

    public int recordsLength() {
        return runs.runLength();
    }

    /** Both clocks when the run was written. */
    public Instants written() {
        return new Instants(
                Block.boottimeNanos(blocks.window(), blocks.at()), Block.realtimeNanos(blocks.window(), blocks.at()));
    }

    /** Where reading would go on if all that {@link #next} has given so far were settled. */
    public Position position() {
        return inBlock && (runPending || !runs.exhausted()) ? blocks.start() : blocks.end();
    }

    /**
     * The stream is done with up to {@code upTo}.
     *
     * @param resume {@link #position} as it was right after the last run or hole before which everything is settled, of
     *     all streams
     */
    public void settle(StreamId settled, long upTo, Position resume) throws IOException {
        settlement.settle(settled, upTo, resume);
        if (settlement.segmentsToFree()) {
            settlement.store();
        }
    }

    /** Call when all that {@link #next} gave is settled and it now says {@link Found#NOTHING}. */
    public void drained() {
        settlement.passedTo(position());
    }

    Position resume() {
        return settlement.resume();
    }

    /** Counts what is left, reading the headers of the whole backlog; for the reader's thread, or after its end. */
    long remainder(Path directory) throws IOException {
        return Remainder.count(directory, settlement.resume(), settlement.settled());
    }

    /** Makes durable what was settled since the last checkpoint, if anything. */
    public void checkpoint() throws IOException {
        settlement.store();
    }

    @Override
    public void close() throws IOException {
        blocks.close();
    }

    private Found runOrHoleBefore() {
        long wanted = expected.of(stream);
        if (runs.first() > wanted) {
            runPending = true;
            return loss(stream, runs.first() - 1);
        }
        runPending = false;
        first = runs.first();
        last = first + runs.runCount() - 1;
        expected.met(stream, last);
        return Found.RECORDS;
    }

    private Found loss(StreamId of, long upTo) {
        stream = of;
        first = expected.of(of);
        last = upTo;
        expected.met(of, upTo);
        return Found.LOSS;
    }

    /** Takes up a block; true if it says that something before it is missing. */
    private boolean enter() {
        ByteBuffer window = blocks.window();
        int at = blocks.at();
        if (Block.kind(window, at) == Block.KIND_STREAM) {
            @Nullable StreamId named = StreamBlocks.read(window, at, crc);
            return named == null ? skipBlock() : meet(named, Block.first(window, at));
        }
        @Nullable StreamId named = expected.named(Block.streamKey(window, at));
        if (named == null) {
            return skipBlock();
        }
        if (!expected.knows(named)) {
            // Its stream block is among the damaged: where the log begins to have the stream is not known any more.
            expected.learn(named, Block.first(window, at) - 1);
        }
        stream = named;
        runs.open(window, at);
        inBlock = true;
        return false;
    }

    private boolean skipBlock() {
        stats.damagedBlocks.incrementAndGet();
        blocks.noteDamage();
        return false;
    }

    private boolean meet(StreamId named, long mark) {
        if (expected.knows(named) && mark >= expected.of(named)) {
            loss(named, mark);
            return true;
        }
        if (!expected.knows(named)) {
            expected.learn(named, mark);
            settlement.learn(named, mark);
        }
        return false;
    }

    /** All is read: what a stream's mark has beyond that was in a damaged place with nothing behind it. */
    private Found tail() {
        if (!blocks.takeDamageSeen()) {
            return Found.NOTHING;
        }
        StreamId[] missing = new StreamId[1];
        long[] mark = new long[1];
        marks.forEachDurable((known, durable) -> {
            if (expected.knows(known) && durable >= expected.of(known)) {
                missing[0] = known;
                mark[0] = durable;
            }
        });
        if (!blocks.stillExhausted()) {
            blocks.noteDamage();
            return Found.NOTHING;
        }
        if (missing[0] == null) {
            return Found.NOTHING;
        }
        blocks.noteDamage();
        return loss(missing[0], mark[0]);
    }
}
