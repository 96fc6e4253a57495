/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The backend's own CA: signs the server's and the nodes' certificates, nothing else. Thread-safe. */
public final class CertificateAuthority {
    private static final Duration LIFETIME = Duration.ofDays(3650);

    /** A certificate is valid from a little before its issue, for hosts whose clock runs behind. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private final X509Certificate certificate;
    private final PrivateKey key;
    private final InstantSource clock;

    private CertificateAuthority(X509Certificate certificate, PrivateKey key, InstantSource clock) {
        this.certificate = certificate;
        this.key = key;
        this.clock = clock;
    }

    /**
     * Loads {@code ca.pem} and {@code ca.key} from {@code directory}, or makes them when neither is there.
     *
     * @throws IOException also when one of the two is missing: a new CA would lock out every node, so that is left to
     *     whoever runs the backend
     */
    public static CertificateAuthority open(Path directory, InstantSource clock) throws IOException {
        Path certificateFile = directory.resolve("ca.pem");
        Path keyFile = directory.resolve("ca.key");
        boolean haveCertificate = Files.exists(certificateFile);
        if (haveCertificate != Files.exists(keyFile)) {
            throw new IOException(
                    (haveCertificate ? keyFile : certificateFile) + " is missing but "
                            + (haveCertificate ? certificateFile : keyFile)
                            + " is there; restore it from a backup, or remove both to start over with a new CA (every node must then enrol again)");
        }
        if (haveCertificate) {
            return new CertificateAuthority(
                    PemFiles.readCertificate(certificateFile), PemFiles.readKey(keyFile), clock);
        }
        KeyPair keys = EcKeys.generate();
        Instant now = clock.instant();
        X509Certificate certificate = CertificateTemplate.authority(keys.getPublic())
                .sign(keys.getPrivate(), now.minus(CLOCK_TOLERANCE), now.plus(LIFETIME));
        PemFiles.writeKey(keyFile, keys.getPrivate());
        PemFiles.writeCertificates(certificateFile, certificate);
        return new CertificateAuthority(certificate, keys.getPrivate(), clock);
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** Certificate for this server under {@code names}: DNS names and IP literals, at least one. */
    X509Certificate issueServer(PublicKey publicKey, List<String> names, Duration lifetime) {
        return sign(CertificateTemplate.server(certificate, publicKey, names), lifetime);
    }

    /** Client certificate of a node, from a little before now until {@code lifetime} from now. */
    public X509Certificate issueNode(NodeName name, PublicKey publicKey, Duration lifetime) {
        return sign(CertificateTemplate.node(certificate, publicKey, name), lifetime);
    }

    /** A certificate and the CA's, as PEM. */
    public String chain(X509Certificate leaf) {
        return PemFiles.text(leaf, certificate);
    }

    private X509Certificate sign(CertificateTemplate template, Duration lifetime) {
        Instant now = clock.instant();
        return template.sign(key, now.minus(CLOCK_TOLERANCE), now.plus(lifetime));
    }
}
