/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.api;

import dev.defender.tls.ClientContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The API server's address, the CA that vouches for it and the token that names us. Both files are replaced under a running
 * process: the token is read again after a minute, the CA after a handshake that failed. One thread.
 */
public final class ApiServer {
    private static final long TOKEN_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String host;
    private final int port;
    private final Path ca;
    private final Path tokenFile;
    private @Nullable SSLContext context;
    private String token = "";
    private long tokenRead;

    public ApiServer(String host, int port, Path ca, Path tokenFile) {
        this.host = host;
        this.port = port;
        this.ca = ca;
        this.tokenFile = tokenFile;
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    /** As a Host header and messages have it. */
    public String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    SSLContext context() throws IOException {
        SSLContext known = context;
        if (known == null) {
            try {
                known = ClientContext.trusting(read(ca, "the API server's CA"));
            } catch (GeneralSecurityException e) {
                throw new IOException("the CA file " + ca + " cannot be used: " + e.getMessage(), e);
            }
            context = known;
        }
        return known;
    }

    /** The CA may have been replaced: it is read again for the next connection. */
    void distrust() {
        context = null;
    }

    /** The token may have been replaced: it is read again for the next request. */
    public void tokenRefused() {
        token = "";
    }

    String token() throws IOException {
        if (token.isEmpty() || System.nanoTime() - tokenRead > TOKEN_NANOS) {
            token = read(tokenFile, "the service account's token").strip();
            tokenRead = System.nanoTime();
        }
        return token;
    }

    private static String read(Path file, String what) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IOException(
                    what + " at " + file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }
}
