/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.tls;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;

/**
 * TLS over a {@link WireChannel}, from and to direct buffers, so that the native engine encrypts without a copy through
 * the heap. One thread.
 */
public final class TlsChannel implements AutoCloseable {
    private static final int RECORD_BYTES = 17 * 1024;

    /** Several TLS records per system call: for whoever sends much. */
    public static final int LARGE_OUT_BYTES = 4 * RECORD_BYTES;

    /** One TLS record per system call: for whoever sends requests without a body. */
    public static final int SMALL_OUT_BYTES = RECORD_BYTES;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final WireChannel wire;
    private final SSLEngine engine;
    private final ByteBuffer netIn = ByteBuffer.allocateDirect(2 * RECORD_BYTES);
    private final ByteBuffer netOut;
    private final ByteBuffer plain = ByteBuffer.allocateDirect(2 * RECORD_BYTES);

    private TlsChannel(WireChannel wire, SSLEngine engine, int outBytes) {
        this.wire = wire;
        this.engine = engine;
        this.netOut = ByteBuffer.allocateDirect(outBytes);
    }

    /**
     * Shakes hands; on failure the wire stays the caller's to close.
     *
     * @param outBytes {@link #LARGE_OUT_BYTES} or {@link #SMALL_OUT_BYTES}
     */
    public static TlsChannel open(WireChannel wire, SSLEngine engine, int outBytes) throws IOException {
        TlsChannel channel = new TlsChannel(wire, engine, outBytes);
        engine.beginHandshake();
        channel.shakeHands();
        return channel;
    }

    /** Whether the peer has ended the connection, or sent what nobody asked for, while it was idle. */
    public boolean isStale() {
        return wire.isStale();
    }

    public void write(ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            netOut.clear();
            while (from.hasRemaining() && netOut.remaining() >= RECORD_BYTES) {
                SSLEngineResult result = engine.wrap(from, netOut);
                if (result.getStatus() == Status.CLOSED) {
                    throw new EOFException("the peer ended the TLS session");
                }
                if (result.getStatus() != Status.OK) {
                    break;
                }
            }
            wire.write(netOut.flip());
        }
    }

    /** Reads at least one byte; −1 at the end of the stream. */
    public int read(ByteBuffer into) throws IOException {
        return read(into, true);
    }

    /** Reads what is there: 0 if nothing is, −1 at the end of the stream. */
    public int readNow(ByteBuffer into) throws IOException {
        return read(into, false);
    }

    private int read(ByteBuffer into, boolean wait) throws IOException {
        while (plain.position() == 0) {
            SSLEngineResult result = unwrap();
            if (result.getStatus() == Status.CLOSED) {
                return -1;
            }
            if (result.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP) {
                shakeHands();
            } else if (result.getStatus() == Status.BUFFER_UNDERFLOW
                    || result.bytesConsumed() == 0 && result.bytesProduced() == 0) {
                int read = wait ? wire.read(netIn) : wire.readNow(netIn);
                if (read <= 0) {
                    return read;
                }
            }
        }
        plain.flip();
        int bytes = Math.min(into.remaining(), plain.remaining());
        into.put(into.position(), plain, 0, bytes).position(into.position() + bytes);
        plain.position(bytes).compact();
        return bytes;
    }

    @Override
    public void close() throws IOException {
        try (wire) {
            engine.closeOutbound();
            netOut.clear();
            engine.wrap(NOTHING, netOut);
            wire.write(netOut.flip());
        }
    }

    private void shakeHands() throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> {
                    netOut.clear();
                    Status status = engine.wrap(NOTHING, netOut).getStatus();
                    wire.write(netOut.flip());
                    if (status == Status.CLOSED) {
                        throw new EOFException("the TLS session ended in the handshake");
                    }
                }
                case NEED_UNWRAP -> {
                    Status status = unwrap().getStatus();
                    if (status == Status.CLOSED || status == Status.BUFFER_UNDERFLOW && wire.read(netIn) < 0) {
                        throw new EOFException("the peer ended the connection in the TLS handshake");
                    }
                }
                case NEED_TASK -> {
                    for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                        task.run();
                    }
                }
                default -> {
                    return;
                }
            }
        }
    }

    private SSLEngineResult unwrap() throws IOException {
        netIn.flip();
        try {
            return engine.unwrap(netIn, plain);
        } finally {
            netIn.compact();
        }
    }
}
