/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A certificate of our own CA, its key in {@code server.key} and itself in {@code server.pem}; renewed by itself. */
public final class OwnCertificate implements ServerCertificate {
    static final Duration LIFETIME = Duration.ofDays(90);

    private final Path directory;
    private final CertificateAuthority authority;
    private final List<String> names;
    private final InstantSource clock;
    private volatile Identity current;

    private OwnCertificate(
            Path directory, CertificateAuthority authority, List<String> names, InstantSource clock, Identity current) {
        this.directory = directory;
        this.authority = authority;
        this.names = names;
        this.clock = clock;
        this.current = current;
    }

    /** Loads what is there if it is of this CA, has these names and is not due; makes a new one otherwise. */
    public static OwnCertificate open(
            Path directory, CertificateAuthority authority, List<String> names, InstantSource clock)
            throws IOException {
        Path keyFile = directory.resolve("server.key");
        Path certificateFile = directory.resolve("server.pem");
        if (Files.exists(keyFile) && Files.exists(certificateFile)) {
            X509Certificate leaf = PemFiles.readCertificate(certificateFile);
            Identity stored = identity(authority, PemFiles.readKey(keyFile), leaf);
            boolean ours =
                    leaf.getIssuerX500Principal().equals(authority.certificate().getSubjectX500Principal());
            if (ours && names(leaf).equals(Set.copyOf(names)) && clock.instant().isBefore(renewAfter(leaf))) {
                return new OwnCertificate(directory, authority, names, clock, stored);
            }
        }
        return new OwnCertificate(directory, authority, names, clock, issue(directory, authority, names));
    }

    /** Replaces the certificate when two thirds of its life are over. */
    @Override
    public synchronized boolean renewIfDue() throws IOException {
        if (clock.instant().isBefore(renewAfter(current.leaf()))) {
            return false;
        }
        current = issue(directory, authority, names);
        return true;
    }

    @Override
    public Instant notAfter() {
        return current.leaf().getNotAfter().toInstant();
    }

    @Override
    public Identity current() {
        return current;
    }

    private static Identity issue(Path directory, CertificateAuthority authority, List<String> names)
            throws IOException {
        KeyPair keys = EcKeys.generate();
        X509Certificate leaf = authority.issueServer(keys.getPublic(), names, LIFETIME);
        PemFiles.writeKey(directory.resolve("server.key"), keys.getPrivate());
        PemFiles.writeCertificates(directory.resolve("server.pem"), leaf, authority.certificate());
        return identity(authority, keys.getPrivate(), leaf);
    }

    private static Identity identity(CertificateAuthority authority, PrivateKey key, X509Certificate leaf) {
        return new Identity(key, new X509Certificate[] {leaf, authority.certificate()});
    }

    private static Instant renewAfter(X509Certificate leaf) {
        Instant end = leaf.getNotAfter().toInstant();
        return end.minus(Duration.between(leaf.getNotBefore().toInstant(), end).dividedBy(3));
    }

    private static Set<String> names(X509Certificate leaf) throws IOException {
        try {
            var alternatives = leaf.getSubjectAlternativeNames();
            return alternatives == null
                    ? Set.of()
                    : alternatives.stream()
                            .map(name -> ServerNames.canonical(name.get(1).toString()))
                            .collect(Collectors.toCollection(HashSet::new));
        } catch (CertificateParsingException e) {
            throw new IOException("the names of the server certificate cannot be read", e);
        }
    }
}
