/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.ship;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.defender.protocol.clock.NodeClock;
import dev.defender.protocol.wire.ProtoWriter;
import dev.defender.publisher.ship.Batch.Part;
import java.nio.ByteBuffer;

/** Makes the body of a request: header before the records, all of it through zstd, native memory only. One thread. */
final class BatchEncoder implements AutoCloseable {
    /** The fastest regular level: 7 to 8 times smaller already, and a fifth of the next one's cost. */
    private static final int LEVEL = 1;

    private final ZstdCompressCtx zstd = new ZstdCompressCtx();
    private final ProtoWriter writer = new ProtoWriter();
    private final byte[] header = new byte[Batch.HEADROOM_BYTES - dev.defender.protocol.wire.Batch.PREAMBLE_BYTES];
    private final ByteBuffer compressed;
    private final String node;
    private final int lane;
    private final NodeClock clock;

    /** @param maxBytes most that the records of a batch take */
    BatchEncoder(String node, int lane, int maxBytes, NodeClock clock) {
        this.clock = clock;
        this.node = node;
        this.lane = lane;
        this.compressed = ByteBuffer.allocateDirect((int) Zstd.compressBound(Batch.HEADROOM_BYTES + (long) maxBytes));
        zstd.setLevel(LEVEL);
        zstd.setContentSize(true);
    }

    /** The part's body, compressed; valid until the next call. Writes over what lies before the part. */
    ByteBuffer encode(Batch batch, Part part, String cluster) {
        int start = writeHeader(batch, part, cluster);
        compressed.clear();
        int length = zstd.compressDirectByteBuffer(
                compressed, 0, compressed.capacity(), batch.buffer(), start, part.at() + part.length() - start);
        return compressed.position(0).limit(length);
    }

    /** Writes preamble and header right before the part; returns where they begin. */
    int writeHeader(Batch batch, Part part, String cluster) {
        writer.wrap(header, 0, header.length);
        writer.string(1, cluster);
        writer.string(2, node);
        writer.string(3, batch.stream().bootId());
        writer.string(4, batch.stream().producer());
        writer.fixed64(5, batch.stream().epoch());
        writer.varint(6, lane);
        writer.varint(7, part.first());
        writer.varint(8, part.last());
        writer.varint(9, part.count());
        clock(batch.firstWritten().boottimeNanos(), batch.firstWritten().realtimeNanos());
        clock(batch.lastWritten().boottimeNanos(), batch.lastWritten().realtimeNanos());
        // When it is sent: the backend compares it with its own clock, and records may have waited for hours.
        clock(clock.boottimeNanos(), NodeClock.realtimeNanos());
        int start = part.at() - writer.length() - dev.defender.protocol.wire.Batch.PREAMBLE_BYTES;
        dev.defender.protocol.wire.Batch.writePreamble(batch.buffer(), start, writer.length());
        batch.buffer().put(start + dev.defender.protocol.wire.Batch.PREAMBLE_BYTES, header, 0, writer.length());
        return start;
    }

    @Override
    public void close() {
        zstd.close();
    }

    private void clock(long boottimeNanos, long realtimeNanos) {
        int mark = writer.begin(10);
        writer.fixed64(1, boottimeNanos);
        writer.fixed64(2, realtimeNanos);
        writer.end(mark);
    }
}
