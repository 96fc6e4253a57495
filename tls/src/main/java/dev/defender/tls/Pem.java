/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Text encoding of keys and certificates (RFC 7468). */
public final class Pem {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final int LINE = 64;

    private Pem() {}

    public static String encode(String label, byte[] der) {
        String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
        return BEGIN + label + DASHES + "\n" + body + "\n" + END + label + DASHES + "\n";
    }

    /** Contents of all blocks of that label, in order; what stands around them is passed over. */
    public static List<byte[]> decode(String pem, String label) throws IOException {
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

    /** All certificates of the text, in order; empty if there is none. */
    public static X509Certificate[] certificates(String pem) throws IOException, GeneralSecurityException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] der : decode(pem, "CERTIFICATE")) {
            certificates.add(certificate(der));
        }
        return certificates.toArray(new X509Certificate[0]);
    }

    /** Parsed by the JDK, as its path validation wants it. */
    static X509Certificate certificate(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }
}
