/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import dev.defender.protocol.clock.NodeClock;
import dev.defender.publisher.stream.StreamId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.ObjLongConsumer;

/** One lane of the spool: its writer and its reader, each for one thread. */
public final class Lane implements AutoCloseable {
    /** What writer and reader of a lane, and partly both lanes, have in common. */
    record Shared(StreamMarks marks, DurableEnd end, Budget budget, NodeClock clock, SpoolStats stats) {}

    private final LaneWriter writer;
    private final LaneReader reader;
    private final DurableEnd end;
    private final StreamMarks marks;
    private final Path directory;

    private Lane(LaneWriter writer, LaneReader reader, Shared shared, Path directory) {
        this.writer = writer;
        this.reader = reader;
        this.end = shared.end();
        this.marks = shared.marks();
        this.directory = directory;
    }

    static Lane open(Path directory, int lane, Budget budget, NodeClock clock, SpoolStats stats) throws IOException {
        Shared shared = new Shared(new StreamMarks(), new DurableEnd(), budget, clock, stats);
        Recovery.Result found = new Recovery(directory, shared).run();
        // What is there is sealed; the writer's first segment comes after it.
        shared.end().publish(found.lastNumber() + 1, 0);
        return new Lane(
                new LaneWriter(directory, lane, shared, found.lastNumber()),
                new LaneReader(directory, shared, found.checkpoint()),
                shared,
                directory);
    }

    public LaneWriter writer() {
        return writer;
    }

    public LaneReader reader() {
        return reader;
    }

    /** Bytes that are neither delivered nor reported lost. Looks at the directory; any thread. */
    public long backlogBytes() throws IOException {
        Position resume = reader.resume();
        long bytes = 0;
        for (Segments.Segment segment : Segments.list(directory)) {
            if (segment.number() >= resume.segment()) {
                bytes += segment.size() - (segment.number() == resume.segment() ? resume.offset() : 0);
            }
        }
        return Math.max(0, bytes);
    }

    /**
     * Records that are neither delivered nor reported lost. Reads the headers of the whole backlog; for the reader's thread,
     * or after its end.
     */
    public long backlogRecords() throws IOException {
        return reader.remainder(directory);
    }

    /** The streams that the lane knows with the last sequence of each that is durable. Any thread. */
    public void forEachMark(ObjLongConsumer<StreamId> action) {
        marks.forEachDurable(action);
    }

    /** Lets a waiting reader go and syncs what was appended. */
    @Override
    public void close() throws IOException {
        end.close();
        writer.close();
    }
}
