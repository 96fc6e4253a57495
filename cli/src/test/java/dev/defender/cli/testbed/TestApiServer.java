/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.testbed;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.defender.backend.pki.CertificateAuthority;
import dev.defender.backend.pki.NodeName;
import dev.defender.backend.pki.OwnCertificate;
import dev.defender.backend.pki.ServerNames;
import dev.defender.backend.pki.ServerTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** As much of a cluster's API server as the commands ask, behind TLS and a login: paths with fixed answers, all well. */
public final class TestApiServer implements AutoCloseable {
    public static final String ISSUER = "https://kubernetes.default.svc.cluster.local";
    public static final String TOKEN = "a-token-of-the-cluster";

    /** Lists of kube-system. */
    public static final String WORKLOADS = "/apis/apps/v1/namespaces/kube-system/";
    /** Where the admission of a pod is tried. */
    public static final String ADMISSION = "/api/v1/namespaces/kube-system/pods?dryRun=All&fieldManager=defenderctl";

    private final HttpsServer server;
    private final CertificateAuthority authority;
    private final Path pki;
    private final RSAKey key;
    private final Map<String, Function<String, Answer>> answers = new ConcurrentHashMap<>();

    /** An answer of a path. */
    public record Answer(int status, String body) {}

    private TestApiServer(HttpsServer server, CertificateAuthority authority, Path pki, RSAKey key) {
        this.server = server;
        this.authority = authority;
        this.pki = pki;
        this.key = key;
    }

    public static TestApiServer start(Path pki) throws Exception {
        CertificateAuthority authority =
                CertificateAuthority.open(Files.createDirectories(pki), InstantSource.system());
        OwnCertificate certificate =
                OwnCertificate.open(pki, authority, ServerNames.withLoopback(List.of()), InstantSource.system());
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new WithClientCertificates(ServerTls.context(authority, certificate)));
        RSAKey key = new RSAKeyGenerator(2048)
                .keyID("cluster-key")
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .generate();
        TestApiServer api = new TestApiServer(server, authority, pki, key);
        api.answer("/.well-known/openid-configuration", 200, "{\"issuer\":\"" + ISSUER + "\"}");
        api.answer("/openid/v1/jwks", 200, new JWKSet(key).toString(true));
        api.answer("/version", 200, "{\"gitVersion\":\"v1.36.3\",\"minor\":\"36\"}");
        api.answer(WORKLOADS + "daemonsets", 200, "{\"items\":[]}");
        api.answer(WORKLOADS + "deployments", 200, "{\"items\":[]}");
        api.answer(ADMISSION, 201, "{\"kind\":\"Pod\"}");
        server.createContext("/", api::serve);
        server.start();
        return api;
    }

    public void answer(String path, int status, String body) {
        answers.put(path, ignored -> new Answer(status, body));
    }

    /** @param answer of the body that was posted */
    public void answer(String path, Function<String, Answer> answer) {
        answers.put(path, answer);
    }

    public String address() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    public Path ca() {
        return pki.resolve("ca.pem");
    }

    /** PEM of a client certificate for this key. */
    public String clientCertificate(KeyPair keys) {
        return authority.chain(authority.issueNode(new NodeName("c", "admin"), keys.getPublic(), Duration.ofHours(1)));
    }

    /** A kubeconfig whose user has these fields, each on a line of its own. */
    public Path kubeconfig(Path file, String... user) throws IOException {
        return Files.writeString(file, """
                apiVersion: v1
                kind: Config
                current-context: here
                contexts: [{name: here, context: {cluster: c, user: u}}]
                clusters:
                - name: c
                  cluster: {server: "%s", certificate-authority: %s}
                users:
                - name: u
                  user:
                    %s
                """.formatted(address(), ca(), String.join("\n    ", user)));
    }

    /** The token that a publisher on that node has from its kubelet. */
    public String nodeToken(String node) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .audience("defender-backend")
                        .expirationTime(new Date(System.currentTimeMillis() + 600_000))
                        .claim(
                                "kubernetes.io",
                                Map.of(
                                        "namespace",
                                        "kube-system",
                                        "serviceaccount",
                                        Map.of("name", "microsoft-defender-publisher"),
                                        "node",
                                        Map.of("name", node)))
                        .build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            String accepted = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
            String posted = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Answer answer;
            if (!known((com.sun.net.httpserver.HttpsExchange) exchange)) {
                answer = new Answer(401, "{\"kind\":\"Status\",\"message\":\"Unauthorized\"}");
            } else if (path.equals("/openid/v1/jwks") && !accepted.contains("application/jwk-set+json")) {
                answer = new Answer(406, "Available representations: application/jwk-set+json");
            } else {
                answer = answers.getOrDefault(
                                path, ignored -> new Answer(404, "{\"kind\":\"Status\",\"message\":\"not found\"}"))
                        .apply(posted);
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static boolean known(com.sun.net.httpserver.HttpsExchange exchange) {
        if (("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return true;
        }
        try {
            return exchange.getSSLSession().getPeerCertificates().length > 0;
        } catch (javax.net.ssl.SSLPeerUnverifiedException none) {
            return false;
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static final class WithClientCertificates extends HttpsConfigurator {
        WithClientCertificates(SSLContext context) {
            super(context);
        }

        @Override
        public void configure(HttpsParameters parameters) {
            SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
            ssl.setWantClientAuth(true);
            parameters.setSSLParameters(ssl);
        }
    }
}
