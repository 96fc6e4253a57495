/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import dev.defender.publisher.stream.StreamId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/**
 * How far each stream of a lane has been appended and is durable.
 *
 * <p>It outlives the segments that held the records: each new segment begins with all marks. Bounded by count; of the
 * streams that are dropped the longest unused goes first. Any thread.
 */
final class StreamMarks {
    private static final int MAX_STREAMS = 64;

    private static final class Mark {
        long appended;
        long durable;
    }

    private final Map<StreamId, Mark> marks = new LinkedHashMap<>(16, 0.75f, true);

    /** Last sequence that is in the log, synced or not; −1 where the stream is not known. */
    synchronized long appended(StreamId stream) {
        Mark mark = marks.get(stream);
        return mark == null ? -1 : mark.appended;
    }

    /** Last sequence that survives a power cut; −1 where the stream is not known. */
    synchronized long durable(StreamId stream) {
        Mark mark = marks.get(stream);
        return mark == null ? -1 : mark.durable;
    }

    synchronized long newestEpoch(StreamId stream) {
        long newest = 0;
        for (StreamId known : marks.keySet()) {
            if (known.sameProducerAndBoot(stream)) {
                newest = Math.max(newest, known.epoch());
            }
        }
        return newest;
    }

    synchronized void append(StreamId stream, long last) {
        Mark mark = marks.computeIfAbsent(stream, _ -> new Mark());
        mark.appended = Math.max(mark.appended, last);
        shrink();
    }

    /** Both marks at least {@code last}: found durable at start. */
    synchronized void recover(StreamId stream, long last) {
        append(stream, last);
        Mark mark = marks.get(stream);
        if (mark != null) {
            mark.durable = Math.max(mark.durable, last);
        }
    }

    /** What was appended is durable now. */
    synchronized void synced() {
        for (Mark mark : marks.values()) {
            mark.durable = mark.appended;
        }
    }

    /** What was appended after the last sync is not in the log after all. */
    synchronized void rollBack() {
        for (Mark mark : marks.values()) {
            mark.appended = mark.durable;
        }
    }

    /** All streams with their durable marks, longest unused first. */
    synchronized void forEachDurable(ObjLongConsumer<StreamId> action) {
        marks.forEach((stream, mark) -> action.accept(stream, mark.durable));
    }

    private void shrink() {
        Iterator<StreamId> oldest = marks.keySet().iterator();
        while (marks.size() > MAX_STREAMS) {
            oldest.next();
            oldest.remove();
        }
    }
}
