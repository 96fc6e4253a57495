/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.zip.CRC32C;

/** Appends chunks to a new file, which only its owner can read. One thread. */
final class ChunkWriter implements AutoCloseable {
    private static final int CRC_AT = 12;

    private final FileChannel file;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer head = ByteBuffer.allocate(ChunkType.HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /** @throws java.nio.file.FileAlreadyExistsException rather than overwrite a recording */
    ChunkWriter(Path path) throws IOException {
        file = FileChannel.open(
                path,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        writeFully(ByteBuffer.wrap(ChunkType.MAGIC));
    }

    /** Writes the buffer's first {@code position} bytes as one chunk and clears it. An empty one is not written. */
    void write(ChunkType type, int entries, ByteBuffer payload) throws IOException {
        payload.flip();
        if (payload.hasRemaining()) {
            head.clear().putInt(type.number()).putInt(payload.remaining()).putInt(entries);
            crc.reset();
            crc.update(head.array(), 0, CRC_AT);
            crc.update(payload.duplicate());
            head.putInt((int) crc.getValue()).flip();
            writeFully(head);
            writeFully(payload);
        }
        payload.clear();
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
