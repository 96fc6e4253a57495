/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.ship;

import dev.defender.publisher.http.Endpoint;
import dev.defender.publisher.http.HttpConnection;
import dev.defender.publisher.http.ProxySettings;
import dev.defender.publisher.http.Response;
import dev.defender.publisher.identity.Credentials;
import dev.defender.publisher.identity.Credentials.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A lane's connection to the backend: made when needed, kept, and made anew when credentials change. One thread. */
final class BackendLink implements AutoCloseable {
    private static final long TIMEOUT_MILLIS = 30_000;
    private static final String PATH = "/ingest/v1/batches";
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Type", dev.defender.protocol.wire.Batch.MEDIA_TYPE,
            "Content-Encoding", "zstd",
            "Defender-Protocol", "1");

    private final ProxySettings proxies;
    private final Credentials credentials;
    private final ShipStats stats;
    private @Nullable HttpConnection connection;
    private long generation;

    BackendLink(ProxySettings proxies, Credentials credentials, ShipStats stats) {
        this.proxies = proxies;
        this.credentials = credentials;
        this.stats = stats;
    }

    /** Waits until there are credentials. */
    Session session() throws InterruptedException {
        return credentials.await();
    }

    /** Sends a batch with the session's credentials. */
    Response send(Session session, ByteBuffer body) throws IOException {
        HttpConnection open = connection;
        if (open == null || generation != session.generation() || !open.isUsable()) {
            close();
            Endpoint endpoint = session.endpoint();
            open = HttpConnection.open(endpoint, proxies.proxyFor(endpoint), session.context(), TIMEOUT_MILLIS);
            stats.connections.incrementAndGet();
            connection = open;
            generation = session.generation();
        }
        try {
            return open.post(PATH, HEADERS, body);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        HttpConnection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is given up because it failed or is no longer wanted; saying goodbye to the peer is a courtesy.
                stats.connectionFailures.incrementAndGet();
            }
        }
    }
}
