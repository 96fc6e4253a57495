/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import dev.defender.publisher.spool.Segments.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The durable blocks of a lane one after the other, over all its segments. One thread. */
final class LaneBlocks implements AutoCloseable {
    enum Found {
        BLOCK,
        DAMAGED,
        NOTHING
    }

    private final Path directory;
    private final Lane.Shared shared;
    private final Quarantine quarantine;
    private final BlockScanner scanner = new BlockScanner();
    private @Nullable FileChannel channel;
    private @Nullable Segment segment;
    private long number;
    private long offset;
    private boolean damageSeen = true;
    private Position exhaustedAt = new Position(-1, 0);

    LaneBlocks(Path directory, Lane.Shared shared, Position from) {
        this.directory = directory;
        this.shared = shared;
        this.quarantine = new Quarantine(directory, shared.stats());
        this.number = from.segment();
        this.offset = from.offset();
    }

    Found next() throws IOException {
        while (true) {
            Segment open = segment;
            if (open == null && !openSegment()) {
                return Found.NOTHING;
            }
            try {
                BlockScanner.Found found = scanner.next();
                if (found != BlockScanner.Found.END) {
                    damageSeen |= found == BlockScanner.Found.DAMAGED;
                    return found == BlockScanner.Found.BLOCK ? Found.BLOCK : damaged();
                }
            } catch (IOException e) {
                abandon();
                continue;
            }
            if (!more()) {
                return Found.NOTHING;
            }
        }
    }

    /** Whether nothing became durable since {@link #next} said that there is nothing. */
    boolean stillExhausted() {
        Position durable = shared.end().get();
        return durable.segment() == exhaustedAt.segment() && durable.offset() == exhaustedAt.offset();
    }

    /** Whether a hole may stand behind the last block that was read; asking takes the flag back. */
    boolean takeDamageSeen() {
        boolean seen = damageSeen;
        damageSeen = false;
        return seen;
    }

    void noteDamage() {
        damageSeen = true;
    }

    Position start() {
        return segment == null ? new Position(number, offset) : new Position(number, scanner.start());
    }

    Position end() {
        return segment == null ? new Position(number, offset) : new Position(number, scanner.end());
    }

    ByteBuffer window() {
        return scanner.window();
    }

    int at() {
        return scanner.at();
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        channel = null;
        segment = null;
        if (open != null) {
            open.close();
        }
    }

    private Found damaged() {
        shared.stats().damagedBlocks.incrementAndGet();
        return Found.DAMAGED;
    }

    /** At the end of what was known to be readable: more of this segment, the next one, or nothing. */
    private boolean more() throws IOException {
        Segment open = segment;
        if (open == null) {
            return true;
        }
        Position durable = shared.end().get();
        long readable = durable.segment() == open.number() ? durable.offset() : open.size();
        if (readable > scanner.end()) {
            scanner.extend(readable);
            return true;
        }
        if (durable.segment() == open.number()) {
            exhaustedAt = durable;
            return false;
        }
        number = open.number() + 1;
        offset = 0;
        close();
        return true;
    }

    private boolean openSegment() throws IOException {
        Position durable = shared.end().get();
        if (number > durable.segment() || number == durable.segment() && durable.offset() == offset) {
            exhaustedAt = durable;
            return false;
        }
        for (Segment candidate : Segments.list(directory)) {
            if (candidate.number() < number || candidate.number() > durable.segment()) {
                continue;
            }
            long from = candidate.number() == number ? offset : 0;
            if (open(candidate, from, candidate.number() == durable.segment() ? durable.offset() : candidate.size())) {
                return true;
            }
        }
        number = durable.segment();
        offset = durable.offset();
        damageSeen |= offset > 0;
        exhaustedAt = durable;
        return false;
    }

    private boolean open(Segment candidate, long from, long limit) throws IOException {
        try {
            channel = candidate.openForReading();
        } catch (IOException e) {
            shared.budget().add(-candidate.size());
            quarantine.take(candidate.path());
            damageSeen = true;
            return false;
        }
        segment = candidate;
        number = candidate.number();
        offset = from;
        scanner.open(channel, candidate.salt(), from, limit);
        return true;
    }

    /** The disk does not give the segment back: what is left of it is lost. */
    private void abandon() throws IOException {
        Segment open = segment;
        close();
        damageSeen = true;
        if (open != null) {
            number = open.number() + 1;
            offset = 0;
            shared.budget().add(-open.size());
            quarantine.take(open.path());
        }
    }
}
