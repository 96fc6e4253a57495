/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import dev.defender.publisher.spool.Segments.Segment;
import dev.defender.publisher.stream.StreamId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers what of a lane is done with and gives its segments back: checkpoint first, removal after. One thread. */
final class Settlement {
    private static final int MAX_STREAMS = 256;

    private final Path directory;
    private final Budget budget;
    private final Map<StreamId, Long> settled;
    private volatile Position resume;
    private long storedSegment;
    private boolean dirty;

    Settlement(Path directory, Budget budget, Checkpoint checkpoint) {
        this.directory = directory;
        this.budget = budget;
        this.settled = new LinkedHashMap<>(checkpoint.settled());
        this.resume = checkpoint.resume();
        this.storedSegment = resume.segment();
    }

    /** Notes a stream at the place where the reader met it first. */
    void learn(StreamId stream, long mark) {
        settled.putIfAbsent(stream, mark);
    }

    /** Everything of the stream up to {@code last} is done with, and reading would go on at {@code from}. */
    void settle(StreamId stream, long last, Position from) {
        settled.remove(stream);
        settled.put(stream, last);
        resume = from;
        dirty = true;
        Iterator<StreamId> oldest = settled.keySet().iterator();
        while (settled.size() > MAX_STREAMS) {
            oldest.next();
            oldest.remove();
        }
    }

    /** Everything before {@code from} is done with, and nothing that was given out is not settled. */
    void passedTo(Position from) {
        if (from.segment() != resume.segment() || from.offset() != resume.offset()) {
            resume = from;
            dirty = true;
        }
    }

    /** Any thread. */
    Position resume() {
        return resume;
    }

    /** By stream, the last sequence that is done with. */
    Map<StreamId, Long> settled() {
        return settled;
    }

    /** Whether whole segments are done with that still take up room. */
    boolean segmentsToFree() {
        return resume.segment() > storedSegment;
    }

    /** Makes the settlement durable, then removes the segments before it. */
    void store() throws IOException {
        if (!dirty) {
            return;
        }
        new Checkpoint(resume, settled).store(directory);
        dirty = false;
        if (!segmentsToFree()) {
            return;
        }
        storedSegment = resume.segment();
        for (Segment segment : Segments.list(directory)) {
            if (segment.number() < storedSegment) {
                long size = segment.size();
                Files.delete(segment.path());
                budget.add(-size);
            }
        }
    }
}
