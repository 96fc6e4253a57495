/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import dev.defender.publisher.stream.NodeClock;
import java.io.IOException;
import java.nio.file.Path;

/** One lane of the spool: its writer and its reader, each for one thread. */
public final class Lane implements AutoCloseable {
    /** What writer and reader of a lane, and partly both lanes, have in common. */
    record Shared(StreamMarks marks, DurableEnd end, Budget budget, NodeClock clock, SpoolStats stats) {}

    private final LaneWriter writer;
    private final LaneReader reader;
    private final DurableEnd end;

    private Lane(LaneWriter writer, LaneReader reader, DurableEnd end) {
        this.writer = writer;
        this.reader = reader;
        this.end = end;
    }

    static Lane open(Path directory, int lane, Budget budget, NodeClock clock, SpoolStats stats) throws IOException {
        Shared shared = new Shared(new StreamMarks(), new DurableEnd(), budget, clock, stats);
        Recovery.Result found = new Recovery(directory, shared).run();
        // What is there is sealed; the writer's first segment comes after it.
        shared.end().publish(found.lastNumber() + 1, 0);
        return new Lane(
                new LaneWriter(directory, lane, shared, found.lastNumber()),
                new LaneReader(directory, shared, found.checkpoint()),
                shared.end());
    }

    public LaneWriter writer() {
        return writer;
    }

    public LaneReader reader() {
        return reader;
    }

    /** Lets a waiting reader go and syncs what was appended. */
    @Override
    public void close() throws IOException {
        end.close();
        writer.close();
    }
}
