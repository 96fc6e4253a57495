/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** What stands in each kind of certificate. */
final class CertificateTemplate {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MAX_COMMON_NAME = 64; // RFC 5280 ub-common-name

    private final X500Name issuer;
    private final X500Name subject;
    private final PublicKey publicKey;
    private final Extensions extensions;

    private CertificateTemplate(X500Name issuer, X500Name subject, PublicKey publicKey, Extensions extensions) {
        this.issuer = issuer;
        this.subject = subject;
        this.publicKey = publicKey;
        this.extensions = extensions;
    }

    /** Adds the extensions of one kind of certificate. */
    private interface Extensions {
        void add(JcaX509v3CertificateBuilder builder, JcaX509ExtensionUtils ids)
                throws IOException, GeneralSecurityException;
    }

    static CertificateTemplate authority(PublicKey publicKey) {
        byte[] id = new byte[4];
        RANDOM.nextBytes(id);
        // A fresh name per CA: two backends' CAs must not look alike in a trust store.
        X500Name name = commonName("Defender backend CA " + HexFormat.of().formatHex(id));
        return new CertificateTemplate(name, name, publicKey, (builder, ids) -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        });
    }

    static CertificateTemplate server(X509Certificate authority, PublicKey publicKey, List<String> names) {
        GeneralName[] alternatives = names.stream()
                .map(name -> new GeneralName(
                        ServerNames.isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new);
        return leaf(authority, "Defender backend", publicKey, KeyPurposeId.id_kp_serverAuth, alternatives);
    }

    static CertificateTemplate node(X509Certificate authority, PublicKey publicKey, NodeName name) {
        GeneralName uri = new GeneralName(GeneralName.uniformResourceIdentifier, name.uri());
        return leaf(authority, name.node(), publicKey, KeyPurposeId.id_kp_clientAuth, uri);
    }

    private static CertificateTemplate leaf(
            X509Certificate authority, String name, PublicKey publicKey, KeyPurposeId purpose, GeneralName... names) {
        X500Name issuer =
                X500Name.getInstance(authority.getSubjectX500Principal().getEncoded());
        return new CertificateTemplate(issuer, commonName(name), publicKey, (builder, ids) -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    ids.createAuthorityKeyIdentifier(authority.getPublicKey()));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        });
    }

    X509Certificate sign(PrivateKey signer, Instant notBefore, Instant notAfter) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer, serial(), Date.from(notBefore), Date.from(notAfter), subject, publicKey);
            JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(publicKey));
            extensions.add(builder, ids);
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer)));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("cannot sign a certificate for " + subject, e);
        }
    }

    /** 127 random bits, positive: no two certificates of a CA have the same, and none can be guessed. */
    private static BigInteger serial() {
        return new BigInteger(127, RANDOM).setBit(126);
    }

    /** A name longer than a common name may be is cut; the alternative name holds it whole. */
    private static X500Name commonName(String name) {
        String cut = name.length() > MAX_COMMON_NAME ? name.substring(0, MAX_COMMON_NAME) : name;
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, cut).build();
    }
}
