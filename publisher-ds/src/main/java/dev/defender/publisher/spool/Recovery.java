/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import dev.defender.publisher.spool.Segments.Segment;
import dev.defender.publisher.stream.StreamId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Finds out at start what a lane holds, without reading the backlog: the marks stand at the head of the newest segment
 * and in its blocks. Damage never stops the start.
 */
final class Recovery {
    private final Path directory;
    private final Lane.Shared shared;
    private final Quarantine quarantine;
    private final CRC32C crc = new CRC32C();

    Recovery(Path directory, Lane.Shared shared) {
        this.directory = directory;
        this.shared = shared;
        this.quarantine = new Quarantine(directory, shared.stats());
    }

    /**
     * @param checkpoint where reading goes on
     * @param lastNumber the highest segment number in use; 0 if there is none
     */
    record Result(Checkpoint checkpoint, long lastNumber) {}

    Result run() throws IOException {
        Files.createDirectories(directory);
        @Nullable Checkpoint stored = Checkpoint.load(directory);
        Checkpoint checkpoint = stored == null ? Checkpoint.NONE : stored;
        checkpoint.settled().forEach(shared.marks()::recover);
        List<Segment> segments = Segments.list(directory);
        removeSettled(segments, checkpoint.resume());
        long last = checkpoint.resume().segment();
        for (Segment segment : segments) {
            shared.budget().add(segment.size());
            last = Math.max(last, segment.number());
        }
        readMarks(segments);
        return new Result(checkpoint, last);
    }

    /** The process died between checkpoint and removal. */
    private void removeSettled(List<Segment> segments, Position resume) throws IOException {
        while (!segments.isEmpty() && segments.getFirst().number() < resume.segment()) {
            Files.deleteIfExists(segments.removeFirst().path());
        }
    }

    /** Backwards from the newest segment until one was read without damage: its head carries all older marks. */
    private void readMarks(List<Segment> segments) throws IOException {
        boolean newest = true;
        while (!segments.isEmpty()) {
            Segment segment = segments.removeLast();
            try {
                if (scan(segment, newest)) {
                    return;
                }
            } catch (IOException e) {
                setAside(segment);
            }
            newest = false;
        }
    }

    /** Returns whether the segment had blocks and all of them were whole, a torn tail apart. */
    private boolean scan(Segment segment, boolean newest) throws IOException {
        Map<Long, StreamId> names = new HashMap<>();
        BlockScanner scanner = new BlockScanner();
        long size = segment.size();
        long readable = 0;
        boolean damaged = false;
        try (FileChannel channel = segment.openForReading()) {
            scanner.open(channel, segment.salt(), 0, size);
            for (BlockScanner.Found found = scanner.next(); found != BlockScanner.Found.END; found = scanner.next()) {
                if (found == BlockScanner.Found.BLOCK) {
                    damaged |= !learn(scanner, names);
                    readable = scanner.end();
                } else {
                    damaged |= scanner.end() < size;
                }
            }
        }
        if (readable == 0 && size > 0) {
            setAside(segment);
        } else if (newest && readable < size) {
            cutTornTail(segment, readable, size);
        }
        return readable > 0 && !damaged;
    }

    private boolean learn(BlockScanner scanner, Map<Long, StreamId> names) {
        long key = Block.streamKey(scanner.window(), scanner.at());
        long first = Block.first(scanner.window(), scanner.at());
        if (Block.kind(scanner.window(), scanner.at()) == Block.KIND_STREAM) {
            @Nullable StreamId stream = StreamBlocks.read(scanner.window(), scanner.at(), crc);
            if (stream == null) {
                return false;
            }
            names.put(key, stream);
            shared.marks().recover(stream, first);
            return true;
        }
        @Nullable StreamId stream = names.get(key);
        if (stream == null) {
            return false;
        }
        shared.marks().recover(stream, first + Block.count(scanner.window(), scanner.at()) - 1);
        return true;
    }

    private void cutTornTail(Segment segment, long readable, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(segment.path(), StandardOpenOption.WRITE)) {
            channel.truncate(readable);
            channel.force(true);
        }
        shared.stats().tornBytes.addAndGet(size - readable);
        shared.budget().add(readable - size);
    }

    private void setAside(Segment segment) throws IOException {
        long size = segment.size();
        quarantine.take(segment.path());
        shared.budget().add(-size);
    }
}
