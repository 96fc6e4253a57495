/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.identity;

import dev.defender.tls.NativeProvider;
import dev.defender.tls.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/** Keys and signatures of the node, through BoringSSL. */
final class Crypto {
    private Crypto() {}

    /** A new key pair on P-256. */
    static KeyPair newKeyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", NativeProvider.get());
        generator.initialize(new ECGenParameterSpec("prime256v1"));
        return generator.generateKeyPair();
    }

    /** SHA256withECDSA in DER. */
    static byte[] sign(PrivateKey key, String text) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA", NativeProvider.get());
        signature.initSign(key);
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        return signature.sign();
    }

    static PrivateKey privateKey(String pem) throws IOException, GeneralSecurityException {
        List<byte[]> keys = Pem.decode(pem, "PRIVATE KEY");
        if (keys.isEmpty()) {
            throw new IOException("no PRIVATE KEY in PEM");
        }
        return KeyFactory.getInstance("EC", NativeProvider.get())
                .generatePrivate(new PKCS8EncodedKeySpec(keys.getFirst()));
    }
}
