/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.testbed;

import com.github.luben.zstd.Zstd;
import dev.defender.protocol.v1.BatchHeader;
import dev.defender.protocol.v1.Lane;
import dev.defender.protocol.wire.Batch;
import dev.defender.protocol.wire.RecordHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Makes batches as a publisher does, right or wrong. */
public final class BatchBytes {
    private final BatchHeader.Builder header = BatchHeader.newBuilder()
            .setBootId("6f3a6a0e-9d43-4e5c-8a3f-0f6f7a1d2b3c")
            .setProducer("sensor")
            .setEpoch(1_000_000_000L)
            .setLane(Lane.LANE_BULK);
    private final List<Integer> classes = new ArrayList<>();
    private final List<byte[]> bodies = new ArrayList<>();
    private long first = 1;

    public static BatchBytes of(String cluster, String node) {
        BatchBytes batch = new BatchBytes();
        batch.header.setCluster(cluster).setNode(node);
        return batch;
    }

    /** For what a test wants different; count and sequences are set by {@link #plain} unless set here. */
    public BatchHeader.Builder header() {
        return header;
    }

    public BatchBytes from(long sequence) {
        first = sequence;
        return this;
    }

    public BatchBytes record(int recordClass, byte[] body) {
        classes.add(recordClass);
        bodies.add(body);
        return this;
    }

    public byte[] plain() {
        BatchHeader.Builder full = header.clone();
        if (full.getCount() == 0) {
            full.setCount(bodies.size());
        }
        if (full.getFirstSequence() == 0) {
            full.setFirstSequence(first);
        }
        if (full.getLastSequence() == 0) {
            full.setLastSequence(first + bodies.size() - 1);
        }
        byte[] head = full.build().toByteArray();
        int size = Batch.PREAMBLE_BYTES + head.length;
        for (byte[] body : bodies) {
            size += RecordHeader.BYTES + body.length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        Batch.writePreamble(buffer, 0, head.length);
        buffer.position(Batch.PREAMBLE_BYTES).put(head);
        for (int i = 0; i < bodies.size(); i++) {
            byte[] body = bodies.get(i);
            RecordHeader.write(
                    buffer, buffer.position(), header.getLaneValue(), classes.get(i), body.length, first + i);
            buffer.position(buffer.position() + RecordHeader.BYTES).put(body);
        }
        return buffer.array();
    }

    public byte[] compressed() {
        return Zstd.compress(plain(), 1);
    }
}
