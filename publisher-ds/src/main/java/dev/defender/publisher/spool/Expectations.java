/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import dev.defender.publisher.stream.StreamId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which sequence a lane's reader must meet next in each stream: any other means that something is missing. */
final class Expectations {
    private static final class Next {
        long sequence;
    }

    private final Map<StreamId, Next> next = new LinkedHashMap<>();
    private final Map<Long, StreamId> names = new HashMap<>();
    private final StreamMarks marks;

    Expectations(Map<StreamId, Long> settled, StreamMarks marks) {
        this.marks = marks;
        settled.forEach(this::learn);
    }

    /** The stream behind a block's key; null where no intact block or mark has named it. */
    @Nullable
    StreamId named(long key) {
        StreamId known = names.get(key);
        if (known == null) {
            marks.forEachDurable((stream, _) -> names.put(stream.key(), stream));
            known = names.get(key);
        }
        return known;
    }

    /** Takes a stream whose records up to {@code mark} are no longer to be met here. */
    void learn(StreamId stream, long mark) {
        names.put(stream.key(), stream);
        Next expected = next.computeIfAbsent(stream, _ -> new Next());
        expected.sequence = Math.max(expected.sequence, mark + 1);
    }

    boolean knows(StreamId stream) {
        return next.containsKey(stream);
    }

    long of(StreamId stream) {
        Next expected = next.get(stream);
        return expected == null ? 1 : expected.sequence;
    }

    void met(StreamId stream, long last) {
        next.computeIfAbsent(stream, _ -> new Next()).sequence = last + 1;
    }
}
