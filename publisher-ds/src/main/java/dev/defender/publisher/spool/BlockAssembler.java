/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import dev.defender.protocol.wire.Frame;
import dev.defender.protocol.wire.RecordHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * Cuts a run of records into blocks and writes them with one gathering write; the records' bytes are not copied.
 * One thread.
 */
final class BlockAssembler {
    private static final int MAX_VECTOR = 64;

    private final ByteBuffer heads = ByteBuffer.allocateDirect(
                    Block.HEADER_BYTES * MAX_VECTOR + Block.CRC_BYTES * Frame.MAX_BYTES / RecordHeader.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer[] vector = new ByteBuffer[2 * MAX_VECTOR];
    private final CRC32C crc = new CRC32C();

    /**
     * Writes {@code length} bytes of valid, contiguous records, at most one frame's payload.
     *
     * @return bytes written
     */
    long write(FileChannel to, long key, long first, ByteBuffer records, int from, int length, Instants now, int salt)
            throws IOException {
        heads.clear();
        int parts = 0;
        int at = from;
        long sequence = first;
        while (at < from + length) {
            int head = heads.position();
            int start = at;
            int count = 0;
            do {
                int record = RecordHeader.BYTES + RecordHeader.bodyLength(records, at);
                heads.putInt(
                        Block.tableOffset(head) + count * Block.CRC_BYTES, Frame.checksum(records, at, record, crc));
                at += record;
                count++;
            } while (at < from + length && fits(records, start, at, count));
            Block.writeHeader(heads, head, Block.KIND_DATA, key, sequence, count, at - start, now, salt, crc);
            heads.position(Block.tableOffset(head) + count * Block.CRC_BYTES);
            vector[parts++] = heads.slice(head, heads.position() - head);
            vector[parts++] = records.slice(start, at - start);
            sequence += count;
        }
        return writeFully(to, parts);
    }

    private static boolean fits(ByteBuffer records, int start, int at, int count) {
        int next = RecordHeader.BYTES + RecordHeader.bodyLength(records, at);
        return count < Block.MAX_RECORDS && at + next - start <= Block.PAYLOAD_TARGET_BYTES;
    }

    private long writeFully(FileChannel to, int parts) throws IOException {
        long written = 0;
        int done = 0;
        while (done < parts) {
            written += to.write(vector, done, parts - done);
            while (done < parts && !vector[done].hasRemaining()) {
                done++;
            }
        }
        return written;
    }
}
