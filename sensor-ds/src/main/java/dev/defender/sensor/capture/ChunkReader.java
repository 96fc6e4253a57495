/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads chunks one after the other, up to the first that is not whole. One thread. */
final class ChunkReader implements AutoCloseable {
    private static final int CRC_AT = 12;

    private final Path path;
    private final FileChannel file;
    private final MessageDigest digest = sha256();
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer head = ByteBuffer.allocate(ChunkType.HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private ByteBuffer payload = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    private long position = ChunkType.MAGIC.length;
    private @Nullable String damage;

    /** @throws CaptureException if the file does not begin as a capture does */
    ChunkReader(Path path) throws IOException {
        this.path = path;
        this.file = FileChannel.open(path, StandardOpenOption.READ);
        ByteBuffer magic = ByteBuffer.allocate(ChunkType.MAGIC.length);
        if (!readFully(magic) || !Arrays.equals(magic.array(), ChunkType.MAGIC)) {
            file.close();
            throw new CaptureException(path + " is not a capture file: it does not begin with DFCAPTUR");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Goes to the next chunk; false at the end, or where the file is damaged: {@link #damage} tells which. */
    boolean next() throws IOException {
        if (damage != null || position == file.size()) {
            return false;
        }
        head.clear();
        if (!readFully(head)) {
            return damaged("ends within the head of a chunk");
        }
        int length = head.getInt(4);
        if (length < 0 || length > ChunkType.MAX_PAYLOAD_BYTES) {
            return damaged("has a chunk of impossible length " + Integer.toUnsignedString(length));
        }
        if (length > payload.capacity()) {
            payload = ByteBuffer.allocate(Math.max(length, 2 * payload.capacity()))
                    .order(ByteOrder.LITTLE_ENDIAN);
        }
        payload.clear().limit(length);
        if (!readFully(payload)) {
            return damaged("ends within a chunk");
        }
        payload.flip();
        crc.reset();
        crc.update(head.array(), 0, CRC_AT);
        crc.update(payload.duplicate());
        if ((int) crc.getValue() != head.getInt(CRC_AT)) {
            return damaged("has a chunk whose checksum is wrong");
        }
        if ((is(ChunkType.TASKS) || is(ChunkType.RECORDS)) && !recordsFit()) {
            return damaged("has a record that does not fit its chunk");
        }
        digest.update(head.array());
        digest.update(payload.duplicate());
        position += ChunkType.HEAD_BYTES + length;
        return true;
    }

    /** Checked here once, so that who walks through the records need not. */
    private boolean recordsFit() {
        int at = 0;
        int found = 0;
        while (at + Integer.BYTES <= payload.limit()) {
            int length = payload.getInt(at);
            at += Integer.BYTES;
            if (length < RecordFields.HEADER_BYTES || length > payload.limit() - at) {
                return false;
            }
            at += length;
            found++;
        }
        return at == payload.limit() && found == entries();
    }

    private boolean damaged(String how) {
        damage = path + " " + how + " at byte " + position + "; what stands before it is used";
        return false;
    }

    /** Fills the buffer; false if the file ends before. */
    private boolean readFully(ByteBuffer to) throws IOException {
        while (to.hasRemaining()) {
            if (file.read(to) < 0) {
                return false;
            }
        }
        return true;
    }

    boolean is(ChunkType type) {
        return head.getInt(0) == type.number();
    }

    int entries() {
        return head.getInt(8);
    }

    /** Payload of the current chunk, from position to limit; valid until the next call of {@link #next}. */
    ByteBuffer payload() {
        return payload;
    }

    /** What is wrong with the file after the last good chunk; null if nothing is. */
    @Nullable
    String damage() {
        return damage;
    }

    /** Hash of all good chunks so far. */
    byte[] hash() {
        return digest.digest();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
