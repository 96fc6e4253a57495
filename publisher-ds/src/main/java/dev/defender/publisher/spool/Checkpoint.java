/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import dev.defender.protocol.wire.Frame;
import dev.defender.publisher.stream.StreamId;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What of a lane is done with: delivered, or lost and reported.
 *
 * <p>Written aside, synced, renamed over the old one, and the directory synced: one of the two is always whole. A
 * damaged checkpoint costs only that things are sent again.
 *
 * @param resume where reading goes on
 * @param settled by stream, the last sequence that is done with
 */
record Checkpoint(Position resume, Map<StreamId, Long> settled) {
    private static final String NAME = "checkpoint";
    private static final int MAGIC = 0x50434644; // "DFCP"
    private static final int FORMAT = 1;
    private static final int FIXED_BYTES = 32;

    static final Checkpoint NONE = new Checkpoint(new Position(0, 0), Map.of());

    void store(Path directory) throws IOException {
        Path aside = directory.resolve(NAME + ".new");
        try (FileChannel channel = FileChannel.open(
                aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = encode();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        }
        Files.move(aside, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        Segments.syncDirectory(directory);
    }

    /** The stored checkpoint; null if there is none or it is damaged. */
    static @Nullable Checkpoint load(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int covered = bytes.limit() - Integer.BYTES;
        if (covered < FIXED_BYTES - Integer.BYTES
                || bytes.getInt(covered) != Frame.checksum(bytes, 0, covered, new CRC32C())
                || bytes.getInt() != MAGIC
                || bytes.getInt() != FORMAT) {
            return null;
        }
        try {
            return decode(bytes);
        } catch (BufferUnderflowException e) {
            return null;
        }
    }

    private static Checkpoint decode(ByteBuffer bytes) {
        Position resume = new Position(bytes.getLong(), bytes.getLong());
        Map<StreamId, Long> settled = new LinkedHashMap<>();
        for (int left = bytes.getInt(); left > 0; left--) {
            long mark = bytes.getLong();
            settled.put(StreamBlocks.getIdentity(bytes), mark);
        }
        return new Checkpoint(resume, settled);
    }

    private ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(FIXED_BYTES + settled.size() * (Long.BYTES + StreamBlocks.MAX_BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MAGIC).putInt(FORMAT).putLong(resume.segment()).putLong(resume.offset());
        bytes.putInt(settled.size());
        settled.forEach((stream, mark) -> {
            bytes.putLong(mark);
            StreamBlocks.putIdentity(bytes, stream);
        });
        int covered = bytes.position();
        bytes.putInt(Frame.checksum(bytes, 0, covered, new CRC32C()));
        return bytes.flip();
    }
}
