/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import dev.defender.publisher.stream.StreamId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Counts the records of a lane that are neither delivered nor reported lost, by the headers of its blocks. */
final class Remainder {
    private final Map<Long, Long> marks = new HashMap<>();
    private long records;

    private Remainder(Map<StreamId, Long> settled) {
        settled.forEach((stream, mark) -> marks.put(stream.key(), mark));
    }

    /**
     * @param from where reading would go on
     * @param settled by stream, the last sequence that is done with
     */
    static long count(Path directory, Position from, Map<StreamId, Long> settled) throws IOException {
        Remainder remainder = new Remainder(settled);
        for (Segments.Segment segment : Segments.list(directory)) {
            if (segment.number() >= from.segment()) {
                remainder.scan(segment, segment.number() == from.segment() ? from.offset() : 0);
            }
        }
        return remainder.records;
    }

    private void scan(Segments.Segment segment, long from) throws IOException {
        BlockScanner scanner = new BlockScanner();
        try (FileChannel channel = segment.openForReading()) {
            scanner.open(channel, segment.salt(), from, segment.size());
            for (BlockScanner.Found found = scanner.next(); found != BlockScanner.Found.END; found = scanner.next()) {
                if (found == BlockScanner.Found.BLOCK) {
                    add(scanner.window(), scanner.at());
                }
            }
        }
    }

    private void add(ByteBuffer window, int at) {
        if (Block.kind(window, at) != Block.KIND_DATA) {
            return;
        }
        long before = Block.first(window, at) - 1;
        long last = before + Block.count(window, at);
        // A write that failed half way may have left records that were then sent again.
        long done = Math.max(before, marks.getOrDefault(Block.streamKey(window, at), 0L));
        if (last > done) {
            records += last - done;
            marks.put(Block.streamKey(window, at), last);
        }
    }
}
