/* SPDX-License-Identifier: Apache-2.0 */
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

/** Writes a trust store: the JDK's own certificates and those of PEM files. Arguments: the store, then the files. */
final class TrustStore {
    private static final char[] PASSWORD = "changeit".toCharArray(); // the JDK's own; certificates are no secret

    public static void main(String[] args) {
        try {
            write(Path.of(args[0]), java.util.List.of(args).subList(1, args.length));
        } catch (IOException | GeneralSecurityException e) {
            System.err.println("Cannot make a trust store of " + String.join(", ", args) + ": " + e.getMessage());
            System.exit(1);
        }
    }

    private static void write(Path target, java.util.List<String> pems) throws IOException, GeneralSecurityException {
        KeyStore store =
                KeyStore.getInstance(Path.of(System.getProperty("java.home"), "lib/security/cacerts").toFile(), PASSWORD);
        KeyStore out = KeyStore.getInstance("PKCS12");
        out.load(null, PASSWORD);
        for (var aliases = store.aliases(); aliases.hasMoreElements(); ) {
            String alias = aliases.nextElement();
            out.setCertificateEntry(alias, store.getCertificate(alias));
        }
        int count = 0;
        for (String pem : pems) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(pem)))) {
                for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    out.setCertificateEntry("extra-" + count++, certificate);
                }
            }
        }
        Path part = Files.createTempFile(target.getParent(), "trust", ".part");
        try (OutputStream stream = Files.newOutputStream(part)) {
            out.store(stream, PASSWORD);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
