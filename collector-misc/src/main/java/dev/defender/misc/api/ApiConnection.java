/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.api;

import dev.defender.tls.ClientContext;
import dev.defender.tls.TlsChannel;
import dev.defender.tls.WireChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;

/** One TLS connection to the API server, for GET requests one after the other. One thread. */
public final class ApiConnection implements AutoCloseable {
    private static final long CONNECT_MILLIS = 10_000;

    /** A list of a loaded server may take its time until the first byte. */
    private static final long READ_MILLIS = 60_000;

    private static final int DISCARD_BYTES = 64 * 1024;

    private final ApiServer server;
    private final WireChannel wire;
    private final TlsChannel tls;
    private final BodyReader answers;
    private boolean keepAlive;
    private boolean reusable = true;

    private ApiConnection(ApiServer server, WireChannel wire, TlsChannel tls) {
        this.server = server;
        this.wire = wire;
        this.tls = tls;
        this.answers = new BodyReader((into, wait) -> wait ? tls.read(into) : tls.readNow(into));
    }

    /** Connects, and verifies that the server is who we mean. */
    public static ApiConnection open(ApiServer server) throws IOException {
        WireChannel wire = WireChannel.connect(server.host(), server.port(), CONNECT_MILLIS, READ_MILLIS);
        try {
            TlsChannel tls = TlsChannel.open(
                    wire,
                    ClientContext.engine(server.context(), server.host(), server.port()),
                    TlsChannel.SMALL_OUT_BYTES);
            return new ApiConnection(server, wire, tls);
        } catch (SSLException e) {
            server.distrust();
            wire.close();
            throw new IOException("no TLS with the API server " + server.authority() + ": " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    /** Whether another request may go over this connection: the answer before was read to its end. */
    public boolean isUsable() {
        return reusable && !tls.isStale();
    }

    /** Sends a request and waits for the head of its answer; its body is then to be read. */
    public Head get(String pathAndQuery) throws IOException {
        reusable = false;
        String request = "GET " + pathAndQuery + " HTTP/1.1\r\nHost: " + server.authority()
                + "\r\nAuthorization: Bearer " + server.token()
                + "\r\nAccept: application/json\r\nUser-Agent: defender-collector-misc\r\n\r\n";
        tls.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1)));
        Head head = answers.head();
        keepAlive = head.keepAlive();
        if (head.status() == 401) {
            server.tokenRefused();
        }
        return head;
    }

    /** Reads of the body, waiting for it; −1 at its end. */
    public int read(byte[] into, int offset, int length) throws IOException {
        return note(answers.read(into, offset, length, true));
    }

    /** Reads of the body what is there: 0 if nothing is, −1 at its end. */
    public int readNow(byte[] into, int offset, int length) throws IOException {
        return note(answers.read(into, offset, length, false));
    }

    /** Reads a body that nobody wants to its end, or gives the connection up if it is long; returns how it begins. */
    public String finish() throws IOException {
        byte[] bytes = new byte[DISCARD_BYTES];
        int length = 0;
        while (length < bytes.length) {
            int read = read(bytes, length, bytes.length - length);
            if (read < 0) {
                break;
            }
            length += read;
        }
        return BodyReader.text(bytes, Math.min(length, 512));
    }

    /** Has the selector tell when there is something to read. */
    public SelectionKey watch(Selector selector, Object attachment) throws IOException {
        return wire.watch(selector, attachment);
    }

    @Override
    public void close() throws IOException {
        tls.close();
    }

    private int note(int read) {
        if (read < 0) {
            reusable = keepAlive;
        }
        return read;
    }
}
