/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.http;

import dev.defender.publisher.http.ProxySettings.Proxy;
import dev.defender.tls.ClientContext;
import dev.defender.tls.TlsChannel;
import dev.defender.tls.WireChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** One TLS connection to the backend, for one request after the other. One thread. */
public final class HttpConnection implements AutoCloseable {
    private static final long CONNECT_MILLIS = 10_000;
    private static final int OK = 200;

    private final Endpoint endpoint;
    private final TlsChannel tls;
    private final ResponseReader responses;
    private boolean reusable = true;

    private HttpConnection(Endpoint endpoint, TlsChannel tls) {
        this.endpoint = endpoint;
        this.tls = tls;
        this.responses = new ResponseReader(tls::read);
    }

    /**
     * Connects, through the proxy if there is one, and verifies that the server is who the endpoint names.
     *
     * @param timeoutMillis for each single read and write
     */
    public static HttpConnection open(Endpoint endpoint, @Nullable Proxy proxy, SSLContext context, long timeoutMillis)
            throws IOException {
        WireChannel wire = proxy == null
                ? WireChannel.connect(endpoint.host(), endpoint.port(), CONNECT_MILLIS, timeoutMillis)
                : WireChannel.connect(proxy.host(), proxy.port(), CONNECT_MILLIS, timeoutMillis);
        try {
            if (proxy != null) {
                tunnel(wire, endpoint, proxy);
            }
            return new HttpConnection(
                    endpoint,
                    TlsChannel.open(
                            wire,
                            ClientContext.engine(context, endpoint.host(), endpoint.port()),
                            TlsChannel.LARGE_OUT_BYTES));
        } catch (IOException e) {
            wire.close();
            throw e;
        }
    }

    /** Whether another request may go over this connection. */
    public boolean isUsable() {
        return reusable && !tls.isStale();
    }

    /**
     * Sends one request and reads the answer.
     *
     * @param path below the endpoint, beginning with a slash
     * @param body direct for speed; its position moves to its limit
     */
    public Response post(String path, Map<String, String> headers, ByteBuffer body) throws IOException {
        reusable = false;
        StringBuilder head = new StringBuilder(512);
        head.append("POST ").append(endpoint.basePath()).append(path).append(" HTTP/1.1\r\nHost: ");
        head.append(endpoint.authority())
                .append("\r\nContent-Length: ")
                .append(body.remaining())
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("\r\n");
        try {
            tls.write(ByteBuffer.wrap(head.toString().getBytes(StandardCharsets.ISO_8859_1)));
            tls.write(body);
        } catch (IOException e) {
            return earlyAnswer(e);
        }
        Response response = responses.read();
        reusable = !response.endsConnection();
        return response;
    }

    /** A server that refuses a body need not read all of it: what it said first counts more than the broken pipe. */
    private Response earlyAnswer(IOException failure) throws IOException {
        try {
            return responses.read();
        } catch (IOException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }

    @Override
    public void close() throws IOException {
        tls.close();
    }

    private static void tunnel(WireChannel wire, Endpoint endpoint, Proxy proxy) throws IOException {
        String authorization =
                proxy.authorization().isEmpty() ? "" : "Proxy-Authorization: " + proxy.authorization() + "\r\n";
        String request = "CONNECT " + endpoint.authority() + " HTTP/1.1\r\nHost: " + endpoint.authority() + "\r\n"
                + authorization + "\r\n";
        wire.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1)));
        // Byte by byte: what follows the proxy's answer belongs to TLS.
        int status = new ResponseReader(into -> wire.read(into.limit(into.position() + 1))).readConnect();
        if (status != OK) {
            throw new IOException("the proxy " + proxy.host() + ":" + proxy.port() + " refused to connect to "
                    + endpoint.authority() + " with status " + status);
        }
    }
}
