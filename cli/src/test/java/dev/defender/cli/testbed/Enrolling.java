/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.testbed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.defender.cli.terminal.Failure;
import dev.defender.cli.tls.PemFile;
import dev.defender.cli.tls.TlsContexts;
import dev.defender.cli.web.ProxySettings;
import dev.defender.cli.web.Web;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Enrols nodes as a publisher does. */
public final class Enrolling {
    private final Web web;
    private final String token;

    public Enrolling(TestBackend backend, String token) throws Failure {
        web = new Web(
                URI.create(backend.address()),
                "the backend",
                TlsContexts.trusting(PemFile.read("ca", backend.ca()).certificates()),
                ProxySettings.from(Map.of()));
        this.token = token;
    }

    /** @return status of the answer */
    public int status(String node, @Nullable String nodeToken) throws Failure, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair keys = generator.generateKeyPair();
        String publicKey = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(("defender-enroll-v1\n" + node + "\n" + publicKey).getBytes(StandardCharsets.UTF_8));
        ObjectNode body = new ObjectMapper()
                .createObjectNode()
                .put("node", node)
                .put("publicKey", publicKey)
                .put("proof", Base64.getEncoder().encodeToString(signature.sign()));
        if (nodeToken != null) {
            body.put("nodeToken", nodeToken);
        }
        return web.send(
                        "POST",
                        "/ingest/v1/enroll",
                        List.of("Authorization", "Bearer " + token, "Content-Type", "application/json"),
                        body.toString())
                .status();
    }
}
