/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.web;

import dev.defender.cli.terminal.Failure;
import java.io.IOException;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Sends requests to one server and says in a sentence why it cannot. */
public final class Web {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final HttpClient client;
    private final URI base;
    private final String what;
    private final @Nullable String proxy;

    /**
     * @param base scheme, host and port
     * @param what names the server in a message, such as "the backend"
     */
    public Web(URI base, String what, SSLContext tls, ProxySettings proxies) {
        this.base = base;
        this.what = what;
        this.proxy = proxies.proxyFor(base);
        HttpClient.Builder builder = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(proxies)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT);
        String credentials = proxies.credentials();
        if (proxy != null && credentials != null) {
            builder.authenticator(new ProxyLogin(credentials));
        }
        client = builder.build();
    }

    /** An answer. */
    public record Answer(int status, String body) {}

    /** Why there is no answer. */
    public enum Trouble {
        NONE,
        /** The server's certificate is not one that is trusted for this name. */
        CERTIFICATE,
        CONNECTION
    }

    /**
     * What came of a request.
     *
     * @param answer good only without trouble
     * @param sentence what the trouble is
     */
    public record Outcome(Trouble trouble, Answer answer, String sentence) {}

    /**
     * @param headers names and values in turn
     * @param body null = none
     * @throws Failure there is no answer
     */
    public Answer send(String method, String path, List<String> headers, @Nullable String body) throws Failure {
        Outcome outcome = attempt(method, path, headers, body);
        if (outcome.trouble() != Trouble.NONE) {
            throw Failure.failed(outcome.sentence());
        }
        return outcome.answer();
    }

    /** As {@link #send}, for whom trouble is a result. */
    public Outcome attempt(String method, String path, List<String> headers, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(ANSWER)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Outcome(Trouble.NONE, new Answer(response.statusCode(), response.body()), "");
        } catch (IOException e) {
            String certificate = certificate(e);
            return trouble(
                    certificate == null ? Trouble.CONNECTION : Trouble.CERTIFICATE,
                    certificate == null ? connection(e) : certificate);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return trouble(Trouble.CONNECTION, "was not waited for: interrupted");
        }
    }

    private Outcome trouble(Trouble trouble, String predicate) {
        String through = proxy == null ? " " : ", through the proxy " + proxy + ", ";
        return new Outcome(trouble, new Answer(0, ""), what + " at " + base + through + predicate);
    }

    private static @Nullable String certificate(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathValidatorException || cause instanceof CertPathBuilderException) {
                return "has a certificate that the given CA did not sign, or that is over";
            }
            if (cause instanceof CertificateException && !(cause.getCause() instanceof GeneralSecurityException)) {
                return "has a certificate that is not good for this name: " + cause.getMessage();
            }
        }
        return null;
    }

    private static String connection(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "cannot be found: its host name has no address here";
            }
        }
        return switch (e) {
            case HttpTimeoutException timeout -> "does not answer in time; is it reachable from here?";
            case ConnectException refused -> "cannot be reached: nothing accepts connections there";
            case SSLException tls -> "does not speak TLS as it must: " + tls.getMessage();
            default -> "cannot be asked: " + e.getMessage();
        };
    }

    private static final class ProxyLogin extends Authenticator {
        private final String credentials;

        ProxyLogin(String credentials) {
            this.credentials = credentials;
        }

        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            int colon = credentials.indexOf(':');
            return getRequestorType() != RequestorType.PROXY
                    ? null
                    : new PasswordAuthentication(
                            colon < 0 ? credentials : credentials.substring(0, colon),
                            colon < 0
                                    ? new char[0]
                                    : credentials.substring(colon + 1).toCharArray());
        }
    }
}
