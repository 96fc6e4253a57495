/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import dev.defender.protocol.clock.NodeClock;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.publisher.spool.LaneReader.Found;
import dev.defender.publisher.stream.StreamId;
import dev.defender.publisher.support.TestProducer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the tests of the spool have in common. */
final class SpoolFixture {
    static final StreamId SENSOR = new StreamId("sensor", TestProducer.BOOT, 7);

    private SpoolFixture() {}

    /** A run or a hole as the reader gave it. */
    record Seen(Found found, StreamId stream, long first, long last, byte[] bytes, Position after) {}

    static Spool open(Path directory, long bytes) throws IOException {
        return Spool.open(directory, bytes, NodeClock.start());
    }

    /** Appends records with bodies of that length; not synced. */
    static void append(LaneWriter writer, StreamId stream, int lane, long first, long last, int length)
            throws IOException {
        if (writer.appended(stream) < 0) {
            writer.define(stream, first - 1);
        }
        ByteBuffer records = ByteBuffer.wrap(TestProducer.records(lane, RecordClasses.EXEC, first, last, length))
                .order(ByteOrder.LITTLE_ENDIAN);
        writer.append(stream, first, (int) (last - first + 1), records, 0, records.capacity());
    }

    /** Reads until nothing is left. */
    static List<Seen> readAll(LaneReader reader) throws IOException {
        List<Seen> seen = new ArrayList<>();
        for (Found found = reader.next(); found != Found.NOTHING; found = reader.next()) {
            byte[] bytes = new byte[found == Found.RECORDS ? reader.recordsLength() : 0];
            if (found == Found.RECORDS) {
                reader.records().get(reader.recordsAt(), bytes);
            }
            seen.add(new Seen(found, reader.stream(), reader.first(), reader.last(), bytes, reader.position()));
        }
        return seen;
    }

    static List<Path> segments(Path lane) throws IOException {
        return Segments.list(lane).stream().map(Segments.Segment::path).toList();
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
