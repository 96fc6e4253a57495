/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.testbed;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** A node's key pair and the enrolment request that it signs. */
public final class NodeKey {
    private final KeyPair keys;

    public NodeKey(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        keys = generator.generateKeyPair();
    }

    public static NodeKey generate() throws GeneralSecurityException {
        return new NodeKey("secp256r1");
    }

    public PrivateKey privateKey() {
        return keys.getPrivate();
    }

    public String publicKey() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    public String proof(String node) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(("defender-enroll-v1\n" + node + "\n" + publicKey()).getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(signature.sign());
    }

    public String request(String node) throws GeneralSecurityException {
        return request(node, proof(node));
    }

    /** @param nodeToken ServiceAccount token of the publisher on that node */
    public String requestWithToken(String node, String nodeToken) throws GeneralSecurityException {
        String request = request(node);
        return request.substring(0, request.length() - 1) + ",\"nodeToken\":\"" + nodeToken + "\"}";
    }

    public String request(String node, String proof) {
        return "{\"node\":\"" + node + "\",\"publicKey\":\"" + publicKey() + "\",\"proof\":\"" + proof + "\"}";
    }
}
