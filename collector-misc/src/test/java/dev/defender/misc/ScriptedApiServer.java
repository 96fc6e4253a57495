/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * What a real API server cannot be made to do at a given moment. Lists are answered from a script, watches from a queue of
 * lines; a resource without a script does not exist.
 */
final class ScriptedApiServer implements AutoCloseable {
    /** @param cut whether the connection ends in the middle of the answer */
    record Answer(int status, String body, boolean cut) {
        static Answer ok(String body) {
            return new Answer(200, body, false);
        }

        static Answer status(int status) {
            return new Answer(status, "{\"kind\":\"Status\",\"message\":\"scripted\",\"code\":" + status + "}", false);
        }
    }

    /** As a line: the server ends the watch in order. */
    static final String END = "";

    /** As a line: the connection breaks. */
    static final String BREAK = "!";

    private final HttpsServer server;
    private final X509Certificate certificate;
    private final Map<String, Queue<Answer>> lists = new ConcurrentHashMap<>();
    private final Map<String, BlockingQueue<String>> watches = new ConcurrentHashMap<>();
    final Queue<String> requests = new ConcurrentLinkedQueue<>();

    ScriptedApiServer() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair keys = generator.generateKeyPair();
        certificate = certificate(keys);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", keys.getPrivate(), new char[0], new Certificate[] {certificate});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    Path ca(Path directory) throws Exception {
        String body = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
        return Files.writeString(
                directory.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
    }

    /** The next lists of a path are answered so; the last answer is given for ever. */
    void lists(String path, Answer... answers) {
        lists.computeIfAbsent(path, p -> new ConcurrentLinkedQueue<>()).addAll(java.util.List.of(answers));
    }

    void watched(String path, String line) {
        watches.computeIfAbsent(path, p -> new LinkedBlockingQueue<>()).add(line);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        requests.add(path + "?" + query);
        if (query.contains("watch=1")) {
            watch(exchange, path);
        } else {
            list(exchange, path);
        }
    }

    private void list(HttpExchange exchange, String path) throws IOException {
        Queue<Answer> script = lists.get(path);
        Answer answer = Answer.status(404);
        if (script != null && !script.isEmpty()) {
            answer = script.size() > 1 ? script.remove() : script.element();
        }
        if (answer.status() == 429) {
            exchange.getResponseHeaders().add("Retry-After", "1");
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), 0);
        OutputStream out = exchange.getResponseBody();
        if (answer.cut()) {
            out.write(body, 0, body.length / 2);
            out.flush();
            throw new IOException("cut, as the script says");
        }
        out.write(body);
        exchange.close();
    }

    private void watch(HttpExchange exchange, String path) throws IOException {
        if (!lists.containsKey(path)) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.flush();
        BlockingQueue<String> lines = watches.computeIfAbsent(path, p -> new LinkedBlockingQueue<>());
        try {
            for (String line = lines.take(); !line.equals(END); line = lines.take()) {
                if (line.equals(BREAK)) {
                    throw new IOException("broken, as the script says");
                }
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
            exchange.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static X509Certificate certificate(KeyPair keys) throws Exception {
        X500Name name = new X500Name("CN=scripted API server");
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(Instant.now().minusSeconds(60)),
                Date.from(Instant.now().plusSeconds(3600)),
                name,
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
