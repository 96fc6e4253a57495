/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.defender.protocol.v1.Gap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** An HTTPS server that enrols nodes and takes batches, and answers otherwise when a test says so. */
public final class ScriptedBackend implements AutoCloseable {
    public static final String TOKEN = "enrol-me";
    public static final String BAD_BATCH =
            "{\"type\":\"urn:defender:problem:bad-batch\",\"title\":\"bad batch\",\"status\":400}";

    /** An answer instead of 202. */
    public record Answer(int status, Map<String, String> headers, String body) {
        public static Answer of(int status) {
            return new Answer(status, Map.of(), "");
        }

        public static Answer problem(int status, String body) {
            return new Answer(status, Map.of("Content-Type", "application/problem+json"), body);
        }
    }

    private final HttpsServer server;
    private final TestPki pki;
    private final List<Delivered> order = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Answer> script = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger enrolments = new AtomicInteger();
    private final AtomicInteger renewals = new AtomicInteger();
    private volatile Function<Delivered, @Nullable Answer> policy = _ -> null;
    private volatile Duration lifetime = Duration.ofHours(1);
    private volatile Duration renewAfter = Duration.ofMinutes(30);
    private volatile String token = TOKEN;
    private volatile String nodeToken = "";
    private volatile int enrolmentRefusal;

    public ScriptedBackend(TestPki pki) throws IOException {
        this(pki, "localhost", 0);
    }

    public ScriptedBackend(TestPki pki, String name, int port) throws IOException {
        this.pki = pki;
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
        SSLContext context = pki.serverContext(name);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                var tls = context.getDefaultSSLParameters();
                tls.setWantClientAuth(true);
                parameters.setSSLParameters(tls);
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/ingest/v1/enroll", exchange -> enrol(exchange, true));
        server.createContext("/ingest/v1/renew", exchange -> enrol(exchange, false));
        server.createContext("/ingest/v1/batches", this::batch);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String endpoint() {
        return "https://localhost:" + port();
    }

    /** The next batches get these answers, in order; each counts as one batch. */
    public void answerNext(Answer... answers) {
        script.addAll(List.of(answers));
    }

    /** Decides on each batch that no scripted answer is left for; null takes it. */
    public void decide(Function<Delivered, @Nullable Answer> newPolicy) {
        policy = newPolicy;
    }

    public void certificates(Duration newLifetime, Duration newRenewAfter) {
        lifetime = newLifetime;
        renewAfter = newRenewAfter;
    }

    public void token(String valid) {
        token = valid;
    }

    /** What enrolment wants as the node's proof; empty for none. */
    public void nodeToken(String valid) {
        nodeToken = valid;
    }

    /** Answers enrolments with this status; 0 to enrol again. */
    public void refuseEnrolment(int status) {
        enrolmentRefusal = status;
    }

    public int requests() {
        return requests.get();
    }

    public int enrolments() {
        return enrolments.get();
    }

    public int renewals() {
        return renewals.get();
    }

    /** Every batch that was answered with 202, in the order of arrival. */
    public List<Delivered> delivered() {
        return List.copyOf(order);
    }

    /** Items of one producer's lane over all batches that were taken. */
    public List<Delivered.Item> items(String producer, int lane) {
        List<Delivered.Item> items = new ArrayList<>();
        for (Delivered batch : order) {
            if (batch.header().getProducer().equals(producer) && batch.header().getLaneValue() == lane) {
                items.addAll(batch.items());
            }
        }
        return items;
    }

    public List<Gap> gaps() {
        return order.stream().flatMap(batch -> batch.gaps().stream()).toList();
    }

    private void batch(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!hasClientCertificate(exchange)) {
            answer(exchange, Answer.of(401));
            return;
        }
        Answer scripted = script.poll();
        if (scripted != null) {
            answer(exchange, scripted);
            return;
        }
        Delivered batch = Delivered.parse(body);
        Answer decided = policy.apply(batch);
        if (decided == null) {
            order.add(batch);
        }
        answer(exchange, decided == null ? Answer.of(202) : decided);
    }

    private static boolean hasClientCertificate(HttpExchange exchange) {
        try {
            return ((HttpsExchange) exchange).getSSLSession().getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }

    private void enrol(HttpExchange exchange, boolean first) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String shown = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (first ? !shown.equals("Bearer " + token) : !hasClientCertificate(exchange)) {
            answer(
                    exchange,
                    Answer.problem(401, "{\"title\":\"unknown token\",\"detail\":\"the token is not known\"}"));
            return;
        }
        JsonNode request = new com.fasterxml.jackson.databind.ObjectMapper().readTree(body);
        if (first && enrolmentRefusal != 0) {
            answer(exchange, Answer.of(enrolmentRefusal));
            return;
        }
        if (first && !request.path("nodeToken").asText().equals(nodeToken)) {
            answer(exchange, Answer.problem(403, "{\"detail\":\"claim exp: the node token has expired\"}"));
            return;
        }
        String node = request.get("node").asText();
        byte[] spki = Base64.getDecoder().decode(request.get("publicKey").asText());
        verify(
                node,
                request.get("publicKey").asText(),
                spki,
                request.get("proof").asText());
        (first ? enrolments : renewals).incrementAndGet();
        String json = new com.fasterxml.jackson.databind.ObjectMapper()
                .writeValueAsString(Map.of(
                        "cluster",
                        TestPki.CLUSTER,
                        "node",
                        node,
                        "certificate",
                        pki.nodeCertificate(spki, node, lifetime) + pki.caPem(),
                        "notAfter",
                        Instant.now().plus(lifetime).toString(),
                        "renewAfter",
                        Instant.now().plus(renewAfter).toString()));
        answer(exchange, new Answer(200, Map.of("Content-Type", "application/json"), json));
    }

    private static void verify(String node, String key, byte[] spki, String proof) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initVerify(KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki)));
            signature.update(("defender-enroll-v1\n" + node + "\n" + key).getBytes(StandardCharsets.UTF_8));
            if (!signature.verify(Base64.getDecoder().decode(proof))) {
                throw new AssertionError("the proof of possession is wrong");
            }
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
