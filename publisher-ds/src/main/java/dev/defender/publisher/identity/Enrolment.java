/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.identity;

import dev.defender.publisher.http.HttpConnection;
import dev.defender.publisher.http.Response;
import dev.defender.tls.Pem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Asks the backend for a node certificate, with the cluster's token or with the certificate that runs out. */
final class Enrolment {
    private static final int OK = 200;

    private final String node;

    Enrolment(String node) {
        this.node = node;
    }

    /**
     * A fresh identity.
     *
     * @param pem what is to be stored: key and chain
     */
    record Issued(String pem, NodeIdentity identity) {}

    /**
     * @param connection without a client certificate
     * @param nodeToken what proves the node; empty where nothing does
     */
    Issued enrol(HttpConnection connection, String token, String nodeToken)
            throws IOException, GeneralSecurityException, RejectedException {
        return ask(connection, "/ingest/v1/enroll", Map.of("Authorization", "Bearer " + token), nodeToken);
    }

    /** @param connection with the current client certificate */
    Issued renew(HttpConnection connection) throws IOException, GeneralSecurityException, RejectedException {
        return ask(connection, "/ingest/v1/renew", Map.of(), "");
    }

    private Issued ask(HttpConnection connection, String path, Map<String, String> credentials, String nodeToken)
            throws IOException, GeneralSecurityException, RejectedException {
        KeyPair pair = Crypto.newKeyPair();
        String key = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
        byte[] proof = Crypto.sign(pair.getPrivate(), "defender-enroll-v1\n" + node + "\n" + key);
        String proven = Base64.getEncoder().encodeToString(proof);
        String json = nodeToken.isEmpty()
                ? FlatJson.write("node", node, "publicKey", key, "proof", proven)
                : FlatJson.write("node", node, "publicKey", key, "proof", proven, "nodeToken", nodeToken);
        Map<String, String> headers = new HashMap<>(credentials);
        headers.put("Content-Type", "application/json");
        Response response = connection.post(path, headers, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
        if (response.status() != OK) {
            throw new RejectedException(response);
        }
        try {
            Map<String, String> answer = FlatJson.read(response.text());
            String pem =
                    Pem.encode("PRIVATE KEY", pair.getPrivate().getEncoded()) + answer.getOrDefault("certificate", "");
            NodeIdentity identity = NodeIdentity.parse(pem);
            String renewAfter = answer.getOrDefault("renewAfter", "");
            return new Issued(pem, renewAfter.isEmpty() ? identity : identity.renewAfter(Instant.parse(renewAfter)));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("the backend's answer to " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The backend said no. */
    static final class RejectedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final int status;

        RejectedException(Response response) {
            super("status " + response.status() + detail(response));
            this.status = response.status();
        }

        int status() {
            return status;
        }

        /** Whether what was shown, token or certificate, is not accepted: waiting alone will not help. */
        boolean credentials() {
            return status == 401 || status == 403;
        }

        /** Whether the backend is only not able to answer now. */
        boolean passing() {
            return status == 429 || status >= 500;
        }

        private static String detail(Response response) {
            try {
                Map<String, String> problem = FlatJson.read(response.text());
                String said = problem.getOrDefault("detail", problem.getOrDefault("title", ""));
                return said.isEmpty() ? "" : ": " + said.substring(0, Math.min(200, said.length()));
            } catch (IllegalArgumentException e) {
                return "";
            }
        }
    }
}
