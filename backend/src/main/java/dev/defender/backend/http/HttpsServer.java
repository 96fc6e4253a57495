/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.http;

import dev.defender.backend.identity.Authenticator;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * The one port of the backend: HTTP/1.1 over TLS 1.3 or 1.2. A client may present a certificate and need not. Stopping
 * lets requests that are being served come to their end.
 */
public final class HttpsServer implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(10);

    /** Slower clients hold memory for nothing: a body of 2 MiB would take an hour. */
    private static final long LEAST_BYTES_PER_SECOND = 512;

    private final Server server;
    private final ServerConnector connector;

    private HttpsServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /** @throws IOException with one sentence: the address cannot be bound */
    public static HttpsServer start(
            InetSocketAddress address,
            SSLContext tls,
            List<Route> routes,
            Authenticator authenticator,
            MeterRegistry meters)
            throws IOException {
        Server server = new Server(new VirtualThreadPool());
        server.setStopTimeout(STOP.toMillis());
        server.setErrorHandler(new ProblemErrorHandler());
        server.setHandler(new GracefulHandler(new MinimumDataRateHandler(
                new RouteHandler(new Router(routes), new Gate(authenticator), meters), LEAST_BYTES_PER_SECOND, 0)));
        ServerConnector connector = connector(server, tls);
        connector.setHost(address.getHostString());
        connector.setPort(address.getPort());
        server.addConnector(connector);
        HttpsServer started = new HttpsServer(server, connector);
        started.start(address);
        return started;
    }

    private static ServerConnector connector(Server server, SSLContext tls) {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setSslContext(tls);
        factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        factory.setWantClientAuth(true);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        SecureRequestCustomizer secure = new SecureRequestCustomizer();
        // Clients check our name against the certificate; a second check here would only refuse tunnels and aliases.
        secure.setSniHostCheck(false);
        http.addCustomizer(secure);
        ServerConnector connector = new ServerConnector(
                server, new SslConnectionFactory(factory, "http/1.1"), new HttpConnectionFactory(http));
        connector.setIdleTimeout(IDLE.toMillis());
        return connector;
    }

    private void start(InetSocketAddress address) throws IOException {
        String shown = address.getHostString() + ":" + address.getPort();
        try {
            server.start();
        } catch (Exception e) {
            close();
            if (e instanceof BindException || e.getCause() instanceof BindException) {
                throw new IOException(
                        "cannot listen on " + shown
                                + ": the port is taken or the address is not of this host; choose another with --listen",
                        e);
            }
            if (e instanceof SocketException || e.getCause() instanceof SocketException) {
                throw new IOException("cannot listen on " + shown + ": " + e.getMessage(), e);
            }
            throw new IOException("the HTTPS server does not start: " + e.getMessage(), e);
        }
    }

    /** The port in use, also where 0 was asked for. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Refuses new requests, waits up to ten seconds for those being served, and closes the port. */
    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("the HTTPS server did not stop in good order: " + e.getMessage(), e);
        }
    }
}
