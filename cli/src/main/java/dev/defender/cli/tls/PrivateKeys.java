/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.tls;

import dev.defender.cli.terminal.Failure;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Client keys as kubeconfigs have them: PKCS#8, PKCS#1 (kubeadm), and SEC 1 (k3s); the JDK reads only the first. */
public final class PrivateKeys {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN (RSA |EC )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END");

    /** AlgorithmIdentifier of rsaEncryption with its NULL, RFC 8017 A.1. */
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    /** OBJECT IDENTIFIER id-ecPublicKey, RFC 5480 2.1.1. */
    private static final byte[] EC_PUBLIC_KEY = HexFormat.of().parseHex("06072a8648ce3d0201");

    private static final byte[] VERSION_0 = {2, 1, 0};
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 4;
    private static final int PARAMETERS = 0xA0; // [0] of ECPrivateKey, RFC 5915

    private PrivateKeys() {}

    /** @param what names the key in a message; the key itself is in none */
    public static PrivateKey read(String what, String pem) throws Failure {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw Failure.usage(what + " holds no private key in PEM that is not encrypted");
        }
        String kind = block.group(1) == null ? "" : block.group(1).strip();
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            return switch (kind) {
                case "RSA" -> key("RSA", der(SEQUENCE, VERSION_0, RSA, der(OCTET_STRING, der)));
                case "EC" ->
                    key(
                            "EC",
                            der(SEQUENCE, VERSION_0, der(SEQUENCE, EC_PUBLIC_KEY, curve(der)), der(OCTET_STRING, der)));
                default -> pkcs8(der);
            };
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Failure.usage(what + " holds a private key that cannot be read; RSA and EC keys can");
        }
    }

    private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
        try {
            return key("RSA", der);
        } catch (GeneralSecurityException notRsa) {
            return key("EC", der);
        }
    }

    private static PrivateKey key(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    /** The curve's identifier in an ECPrivateKey: SEQUENCE of version, key, [0] curve, [1] public key. */
    private static byte[] curve(byte[] ecPrivateKey) {
        int position = header(ecPrivateKey, 0); // into the sequence
        position = end(ecPrivateKey, position); // past the version
        position = end(ecPrivateKey, position); // past the key
        if ((ecPrivateKey[position] & 0xFF) != PARAMETERS) {
            throw new IllegalArgumentException("no curve");
        }
        return Arrays.copyOfRange(ecPrivateKey, header(ecPrivateKey, position), end(ecPrivateKey, position));
    }

    private static int header(byte[] der, int position) {
        int length = der[position + 1] & 0xFF;
        return position + 2 + (length < 0x80 ? 0 : length & 0x7F);
    }

    private static int end(byte[] der, int position) {
        int length = der[position + 1] & 0xFF;
        if (length >= 0x80) {
            int bytes = length & 0x7F;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | der[position + 2 + i] & 0xFF;
            }
        }
        return Math.addExact(header(der, position), length);
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        int length = content.size();
        if (length >= 0x80) {
            whole.write(0x82);
            whole.write(length >> 8);
        }
        whole.write(length);
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
