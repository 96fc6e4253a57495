/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.intake;

import dev.defender.protocol.wire.Frame;
import dev.defender.protocol.wire.Lanes;
import dev.defender.publisher.stream.StreamId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import org.jspecify.annotations.Nullable;

/** One client of the socket: its bytes in both directions and what it has to be told. Intake thread only. */
final class Connection {
    /** Until the client has introduced itself it gets no more memory than a HELLO needs. */
    private static final int HELLO_BYTES = 4 * 1024;

    /** Two frames: what follows a frame that ends in the buffer need not be moved on every read. */
    static final int STREAM_BYTES = 2 * Frame.MAX_BYTES;

    private static final int OUT_BYTES = 4 * 1024;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final PeerTable peers;
    private final UserPrincipal user;
    private final long openedNanos = System.nanoTime();
    private final ByteBuffer out = ByteBuffer.allocate(OUT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final boolean[] ackDue = new boolean[Lanes.COUNT];
    private final long[] toldCredit = new long[Lanes.COUNT];
    private ByteBuffer in = ByteBuffer.allocate(HELLO_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private @Nullable StreamId stream;

    Connection(SocketChannel channel, SelectionKey key, PeerTable peers, UserPrincipal user) {
        this.channel = channel;
        this.key = key;
        this.peers = peers;
        this.user = user;
    }

    /** Who may speak through the socket that it came through. */
    PeerTable peers() {
        return peers;
    }

    UserPrincipal user() {
        return user;
    }

    long openedNanos() {
        return openedNanos;
    }

    /** Null until HELLO. */
    @Nullable
    StreamId stream() {
        return stream;
    }

    /** The client is {@code newStream}; from now on it reads into {@code buffer}. */
    void introduced(StreamId newStream, ByteBuffer buffer) {
        stream = newStream;
        buffer.clear().put(in.flip());
        in = buffer;
    }

    /** The large buffer, for reuse, once the connection is closed. */
    @Nullable
    ByteBuffer takeBuffer() {
        return stream == null ? null : in;
    }

    ByteBuffer in() {
        return in;
    }

    /** Reads once; −1 at the end of the stream. */
    int read() throws IOException {
        return channel.read(in);
    }

    /** Drops the first {@code bytes} of what was read. */
    void consume(int bytes) {
        if (bytes > 0) {
            in.flip().position(bytes);
            in.compact();
        }
    }

    void ackDue(int lane) {
        ackDue[lane] = true;
    }

    boolean isAckDue(int lane) {
        return ackDue[lane];
    }

    long toldCredit(int lane) {
        return toldCredit[lane];
    }

    void told(int lane, long credit) {
        toldCredit[lane] = credit;
        ackDue[lane] = false;
    }

    /** Where to put messages; empty unless the client is slow to read. */
    ByteBuffer out() {
        return out;
    }

    /** Sends what it can without waiting; the rest goes when the socket takes more. */
    void flush() throws IOException {
        out.flip();
        try {
            channel.write(out);
        } finally {
            out.compact();
        }
        key.interestOps(SelectionKey.OP_READ | (out.position() > 0 ? SelectionKey.OP_WRITE : 0));
    }

    void close() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // The peer is gone or the descriptor is: either way there is nothing left to close.
            key.attach(null);
        }
    }
}
