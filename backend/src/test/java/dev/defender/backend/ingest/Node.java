/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import com.google.protobuf.MessageLite;
import dev.defender.backend.batch.BadBatchException;
import dev.defender.backend.batch.Batch;
import dev.defender.backend.batch.BatchReader;
import dev.defender.backend.store.LedgerQuery;
import dev.defender.protocol.v1.BatchHeader;
import dev.defender.protocol.v1.ClockPair;
import dev.defender.protocol.v1.Container;
import dev.defender.protocol.v1.Event;
import dev.defender.protocol.v1.File;
import dev.defender.protocol.v1.Lane;
import dev.defender.protocol.v1.Process;
import dev.defender.protocol.v1.RecordClass;
import dev.defender.protocol.v1.User;
import dev.defender.protocol.wire.RecordHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.UUID;

/** A simulated producer of a cluster of its own: makes batches as a publisher would send them. */
public record Node(String cluster, String bootId, long epoch) {
    public static final long BOOT_NS = 1_000_000_000_000L;
    public static final long REAL_NS = 1_795_000_000_000_000_000L;

    /** A record before it is framed. */
    public record Body(long sequence, RecordClass recordClass, MessageLite message) {}

    public static Node fresh() {
        return new Node(UUID.randomUUID().toString(), UUID.randomUUID().toString(), 1_000);
    }

    public Node withEpoch(long otherEpoch) {
        return new Node(cluster, bootId, otherEpoch);
    }

    public LedgerQuery ledgerQuery() {
        return new LedgerQuery(cluster, null, null, null, epoch);
    }

    public static Event event(long sequence) {
        return Event.newBuilder()
                .setTimeBootNs(BOOT_NS + sequence * 1_000)
                .setProcess(Process.newBuilder()
                        .setPid((int) (100 + sequence))
                        .setName("sh")
                        .setCmdLine("sh -c echo " + sequence)
                        .setFile(File.newBuilder().setPath("/bin/sh"))
                        .setUser(User.newBuilder().setUid(1000)))
                .setContainer(Container.newBuilder().setUid("c".repeat(64)))
                .setLedgerRow(1)
                .build();
    }

    public static Body exec(long sequence) {
        return new Body(sequence, RecordClass.RECORD_CLASS_EXEC, event(sequence));
    }

    public Batch batch(Lane lane, List<Body> bodies) {
        BatchHeader header = header(lane, bodies);
        int size = 8 + header.getSerializedSize();
        for (Body body : bodies) {
            size += RecordHeader.BYTES + body.message().getSerializedSize();
        }
        ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        dev.defender.protocol.wire.Batch.writePreamble(buffer, 0, header.getSerializedSize());
        buffer.position(8);
        buffer.put(header.toByteArray());
        for (Body body : bodies) {
            byte[] bytes = body.message().toByteArray();
            RecordHeader.write(
                    buffer,
                    buffer.position(),
                    lane.getNumber(),
                    body.recordClass().getNumber(),
                    bytes.length,
                    body.sequence());
            buffer.position(buffer.position() + RecordHeader.BYTES);
            buffer.put(bytes);
        }
        try {
            return BatchReader.read(buffer.array(), size);
        } catch (BadBatchException e) {
            throw new IllegalStateException(e);
        }
    }

    private BatchHeader header(Lane lane, List<Body> bodies) {
        return BatchHeader.newBuilder()
                .setCluster(cluster)
                .setNode("node-1")
                .setBootId(bootId)
                .setProducer("sensor")
                .setEpoch(epoch)
                .setLane(lane)
                .setFirstSequence(bodies.getFirst().sequence())
                .setLastSequence(bodies.getLast().sequence())
                .setCount(bodies.size())
                .addClocks(ClockPair.newBuilder().setBoottimeNs(BOOT_NS).setRealtimeNs(REAL_NS))
                .build();
    }
}
