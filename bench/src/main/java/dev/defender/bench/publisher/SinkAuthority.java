/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.publisher;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for one run: the sink's certificate and those of the nodes that enrol. */
final class SinkAuthority {
    static final String CLUSTER = "00000000-0000-4000-8000-00000000bec4";
    private static final X500Name NAME = new X500Name("CN=bench");
    private static final Duration LIFETIME = Duration.ofDays(1);

    private final KeyPair key;
    private final X509Certificate certificate;

    SinkAuthority() throws IOException {
        key = newKey();
        certificate = issue(
                NAME,
                SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()),
                new BasicConstraints(true),
                null,
                null);
    }

    String pem() throws IOException {
        return pem(certificate);
    }

    /** PEM of a client certificate and this authority's. */
    String nodeChain(String node, byte[] spki) throws IOException {
        GeneralName name =
                new GeneralName(GeneralName.uniformResourceIdentifier, "urn:defender:node:" + CLUSTER + ":" + node);
        return pem(issue(
                        new X500Name("CN=" + node),
                        SubjectPublicKeyInfo.getInstance(spki),
                        new BasicConstraints(false),
                        name,
                        KeyPurposeId.id_kp_clientAuth))
                + pem();
    }

    /** For a server named localhost that asks clients for a certificate of this authority. */
    SSLContext serverContext() throws IOException {
        try {
            KeyPair serverKey = newKey();
            X509Certificate server = issue(
                    new X500Name("CN=localhost"),
                    SubjectPublicKeyInfo.getInstance(serverKey.getPublic().getEncoded()),
                    new BasicConstraints(false),
                    new GeneralName(GeneralName.dNSName, "localhost"),
                    KeyPurposeId.id_kp_serverAuth);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "server", serverKey.getPrivate(), new char[0], new X509Certificate[] {server, certificate});
            store.setCertificateEntry("ca", certificate);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the sink's certificate could not be made", e);
        }
    }

    private X509Certificate issue(
            X500Name subject,
            SubjectPublicKeyInfo publicKey,
            BasicConstraints constraints,
            @org.jspecify.annotations.Nullable GeneralName name,
            @org.jspecify.annotations.Nullable KeyPurposeId purpose)
            throws IOException {
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                NAME,
                new BigInteger(64, new SecureRandom()),
                Date.from(now.minus(Duration.ofMinutes(5))),
                Date.from(now.plus(LIFETIME)),
                subject,
                publicKey);
        builder.addExtension(Extension.basicConstraints, true, constraints);
        if (name != null) {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(name));
        }
        if (purpose != null) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        }
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("a certificate could not be signed", e);
        }
    }

    private static KeyPair newKey() throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IOException("a key could not be made", e);
        }
    }

    private static String pem(X509Certificate certificate) throws IOException {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IOException("a certificate could not be encoded", e);
        }
    }
}
