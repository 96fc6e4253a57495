/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.support;

import com.github.luben.zstd.ZstdInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.defender.protocol.v1.BatchHeader;
import dev.defender.protocol.v1.Gap;
import dev.defender.protocol.wire.Batch;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.protocol.wire.RecordHeader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One batch as a backend reads it. */
public record Delivered(BatchHeader header, List<Item> items) {
    /** A record of a batch, header included in {@code bytes}. */
    public record Item(long sequence, int recordClass, byte[] bytes) {
        public byte[] body() {
            return Arrays.copyOfRange(bytes, RecordHeader.BYTES, bytes.length);
        }
    }

    static Delivered parse(byte[] zstd) throws IOException {
        byte[] raw;
        try (ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(zstd))) {
            raw = in.readAllBytes();
        }
        ByteBuffer buffer = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        if (buffer.getInt(0) != Batch.MAGIC) {
            throw new IOException("no batch");
        }
        int headerLength = buffer.getInt(4);
        BatchHeader header = BatchHeader.parseFrom(Arrays.copyOfRange(raw, 8, 8 + headerLength));
        List<Item> items = new ArrayList<>();
        for (int at = 8 + headerLength; at < raw.length; ) {
            int length = RecordHeader.recordLength(buffer, at, raw.length - at);
            if (length < 0) {
                throw new IOException("no record at " + at);
            }
            items.add(new Item(
                    RecordHeader.sequence(buffer, at),
                    RecordHeader.recordClass(buffer, at),
                    Arrays.copyOfRange(raw, at, at + length)));
            at += length;
        }
        return new Delivered(header, items);
    }

    /** The gap records in the batch. */
    public List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        for (Item item : items) {
            if (item.recordClass() == RecordClasses.GAP) {
                try {
                    gaps.add(Gap.parseFrom(item.body()));
                } catch (InvalidProtocolBufferException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return gaps;
    }
}
