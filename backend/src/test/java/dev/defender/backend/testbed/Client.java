/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.testbed;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** An HTTPS client that trusts one CA, with or without a client certificate. */
public final class Client implements AutoCloseable {
    private final HttpClient http;
    private final URI base;

    private Client(HttpClient http, URI base) {
        this.http = http;
        this.base = base;
    }

    public static Client anonymous(URI base, X509Certificate ca) throws GeneralSecurityException, IOException {
        return client(base, ca, null);
    }

    /** @param chain PEM as the enrolment answer has it */
    public static Client withCertificate(URI base, X509Certificate ca, PrivateKey key, String chain)
            throws GeneralSecurityException, IOException {
        Certificate[] certificates = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(chain.getBytes(StandardCharsets.US_ASCII)))
                .toArray(Certificate[]::new);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("node", key, new char[0], certificates);
        return client(base, ca, keys);
    }

    private static Client client(URI base, X509Certificate ca, @Nullable KeyStore keys)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", ca);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyManagerFactory key = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        key.init(keys, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(key.getKeyManagers(), trust.getTrustManagers(), null);
        return new Client(
                HttpClient.newBuilder()
                        .sslContext(context)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build(),
                base);
    }

    public Answer get(String path, @Nullable String token) throws IOException, InterruptedException {
        return send(request(path, token).GET());
    }

    public Answer postJson(String path, @Nullable String token, String json) throws IOException, InterruptedException {
        return send(request(path, token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer delete(String path, @Nullable String token) throws IOException, InterruptedException {
        return send(request(path, token).DELETE());
    }

    public Answer putJson(String path, @Nullable String token, String json) throws IOException, InterruptedException {
        return send(request(path, token)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer put(String path, @Nullable String token) throws IOException, InterruptedException {
        return send(request(path, token).PUT(HttpRequest.BodyPublishers.noBody()));
    }

    /** Posts a compressed batch with the right headers. */
    public Answer postBatch(byte[] compressed) throws IOException, InterruptedException {
        return send(batchRequest(HttpRequest.BodyPublishers.ofByteArray(compressed)));
    }

    public HttpRequest.Builder batchRequest(HttpRequest.BodyPublisher body) {
        return request("/ingest/v1/batches", null)
                .header("Content-Type", "application/vnd.defender.batch")
                .header("Content-Encoding", "zstd")
                .header("Defender-Protocol", "1")
                .POST(body);
    }

    public HttpRequest.Builder request(String path, @Nullable String token) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(base.resolve(path));
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        return builder;
    }

    public Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
