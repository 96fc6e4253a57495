/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.support;

import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority made for one test. */
public final class TestPki {
    public static final String CLUSTER = "6f1f2c9e-0000-4000-8000-000000000001";

    private final KeyPair caKey = newKey();
    private final X509Certificate ca;

    public TestPki() {
        ca = issue(
                "CN=test CA",
                SubjectPublicKeyInfo.getInstance(caKey.getPublic().getEncoded()),
                true,
                null,
                null,
                Duration.ofDays(1));
    }

    public String caPem() {
        return pem(ca);
    }

    /** A node certificate for the public key, as the backend would issue it. */
    public String nodeCertificate(byte[] spki, String node, Duration lifetime) {
        String urn = "urn:defender:node:" + CLUSTER + ":" + URLEncoder.encode(node, StandardCharsets.UTF_8);
        return pem(issue(
                "CN=" + node,
                SubjectPublicKeyInfo.getInstance(spki),
                false,
                new GeneralName(GeneralName.uniformResourceIdentifier, urn),
                KeyPurposeId.id_kp_clientAuth,
                lifetime));
    }

    /** A certificate for a server of this name or address. */
    public X509Certificate serverCertificate(String name) {
        return serverCertificate(name, newKey());
    }

    private X509Certificate serverCertificate(String name, KeyPair key) {
        boolean address = Character.isDigit(name.charAt(0));
        return issue(
                "CN=server",
                SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()),
                false,
                new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name),
                KeyPurposeId.id_kp_serverAuth,
                Duration.ofDays(1));
    }

    /** For a server that is reached as this name or address, and wants clients of this authority. */
    public SSLContext serverContext(String name) {
        try {
            KeyPair key = newKey();
            X509Certificate certificate = serverCertificate(name, key);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry("server", key.getPrivate(), new char[0], new X509Certificate[] {certificate, ca});
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(keys, new char[0]);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", ca);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private X509Certificate issue(
            String subject,
            SubjectPublicKeyInfo key,
            boolean authority,
            @org.jspecify.annotations.Nullable GeneralName name,
            @org.jspecify.annotations.Nullable KeyPurposeId purpose,
            Duration lifetime) {
        try {
            Instant now = Instant.now();
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    new X500Name("CN=test CA"),
                    new BigInteger(64, new SecureRandom()),
                    Date.from(now.minusSeconds(60)),
                    Date.from(now.plus(lifetime)),
                    new X500Name(subject),
                    key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (name != null) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(name));
            }
            if (purpose != null) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(caKey.getPrivate())));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
