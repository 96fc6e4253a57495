/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.tls;

import dev.defender.cli.terminal.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Certificates in PEM. @param text as it was read */
public record PemFile(String text, List<X509Certificate> certificates) {
    private static final int MAX_BYTES = 1 << 20;

    /** @param what names the file in a message, such as the option that it came by */
    public static PemFile read(String what, Path file) throws Failure {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw Failure.usage(what + " " + file + " is too large for a file of certificates");
            }
            return of(what + " " + file, Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw Failure.file("cannot read " + what + " " + file, e);
        }
    }

    public static PemFile of(String what, String text) throws Failure {
        try {
            List<X509Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (!certificates.isEmpty() && text.contains("-----BEGIN CERTIFICATE-----")) {
                return new PemFile(text, certificates);
            }
        } catch (CertificateException e) {
            // Said below, like a file without any.
        }
        throw Failure.usage(what + " holds no certificate in PEM (-----BEGIN CERTIFICATE-----)");
    }
}
