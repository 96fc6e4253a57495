/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.cert.CertPath;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.conscrypt.Conscrypt;

/**
 * Keys, signatures and certificates through BoringSSL: in a cold JVM the JDK's own run interpreted, which is most of
 * what a TLS start-up in 60m costs.
 */
final class Crypto {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final int PEM_LINE = 64;

    private Crypto() {}

    private static final class Holder {
        static final Provider PROVIDER = Conscrypt.newProvider();

        static {
            // At the end: nothing else in this JVM changes its provider.
            Security.addProvider(PROVIDER);
        }
    }

    /** Loads the native library on first use. */
    static Provider provider() {
        return Holder.PROVIDER;
    }

    /** Name under which {@link #provider} is registered. */
    static String registeredProvider() {
        return provider().getName();
    }

    /** A new key pair on P-256. */
    static KeyPair newKeyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider());
        generator.initialize(new ECGenParameterSpec("prime256v1"));
        return generator.generateKeyPair();
    }

    /** SHA256withECDSA in DER. */
    static byte[] sign(PrivateKey key, String text) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA", provider());
        signature.initSign(key);
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        return signature.sign();
    }

    static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(der);
        return BEGIN + label + DASHES + "\n" + body + "\n" + END + label + DASHES + "\n";
    }

    static PrivateKey privateKey(String pem) throws IOException, GeneralSecurityException {
        List<byte[]> keys = unpem(pem, "PRIVATE KEY");
        if (keys.isEmpty()) {
            throw new IOException("no PRIVATE KEY in PEM");
        }
        return KeyFactory.getInstance("EC", provider()).generatePrivate(new PKCS8EncodedKeySpec(keys.getFirst()));
    }

    /** All certificates of the text, in order; empty if there is none. */
    static X509Certificate[] certificates(String pem) throws IOException, GeneralSecurityException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] der : unpem(pem, "CERTIFICATE")) {
            certificates.add(jdkCertificate(der));
        }
        return certificates.toArray(new X509Certificate[0]);
    }

    /** Parsed by the JDK, as its path validation wants it. */
    static X509Certificate jdkCertificate(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    static CertPath path(List<X509Certificate> leafFirst) throws CertificateException {
        return CertificateFactory.getInstance("X.509").generateCertPath(leafFirst);
    }

    private static List<byte[]> unpem(String pem, String label) throws IOException {
        List<byte[]> found = new ArrayList<>();
        String begin = BEGIN + label + DASHES;
        String end = END + label + DASHES;
        int at = pem.indexOf(begin);
        while (at >= 0) {
            int stop = pem.indexOf(end, at);
            if (stop < 0) {
                throw new IOException("a " + label + " in PEM has no end");
            }
            try {
                found.add(Base64.getMimeDecoder().decode(pem.substring(at + begin.length(), stop)));
            } catch (IllegalArgumentException e) {
                throw new IOException("a " + label + " in PEM is not base64", e);
            }
            at = pem.indexOf(begin, stop);
        }
        return found;
    }
}
