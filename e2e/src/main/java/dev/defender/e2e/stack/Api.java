/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The backend's API as a viewer sees it. Safe for use by several threads. */
public final class Api {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final URI backend;
    private final Path tokenFile;
    private final HttpClient client;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * @param ca certificate that the server's must come from
     * @param tokenFile holds a viewer's token
     */
    public Api(URI backend, Path ca, Path tokenFile) throws IOException, GeneralSecurityException {
        this.backend = backend;
        this.tokenFile = tokenFile;
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(ca)) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        client = HttpClient.newBuilder()
                .sslContext(tls)
                .connectTimeout(TIMEOUT)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /**
     * GET.
     *
     * @param path with its query, "/api/v1/…"
     * @throws IOException if the answer is not 200; the message holds the problem's text
     */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return json.readTree(getBytes(path));
    }

    /** The same, the answer's bytes as they came: for who reads more than a tree of nodes can be built for. */
    public byte[] getBytes(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(backend.resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + Files.readString(tokenFile).strip())
                .build();
        HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException("GET " + path + " answered " + response.statusCode() + ": "
                    + new String(response.body(), StandardCharsets.UTF_8));
        }
        return response.body();
    }

    /** A query parameter's value, encoded. */
    public static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
