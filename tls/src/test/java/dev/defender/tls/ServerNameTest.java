/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerNameTest {
    @ParameterizedTest
    @CsvSource({
        "backend.example, backend.example, true",
        "Backend.Example, bACKEND.example, true",
        "backend.example, example, false",
        "backend.example, x.backend.example, false",
        "*.example.org, backend.example.org, true",
        "*.example.org, example.org, false",
        "*.example.org, a.b.example.org, false",
        "*.org, example.org, false",
        "b*.example.org, backend.example.org, false",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "10.0.0.1, backend.example, false",
        "backend.example, 10.0.0.1, false"
    })
    void matchesAsRfc9525Says(String inCertificate, String dialled, boolean matches) throws Exception {
        assertThat(ServerName.matches(certificate(inCertificate), dialled)).isEqualTo(matches);
    }

    private static X509Certificate certificate(String name) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair keys = generator.generateKeyPair();
        boolean address = Character.isDigit(name.charAt(0));
        X500Name subject = new X500Name("CN=test");
        Date now = Date.from(Instant.now());
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                subject, BigInteger.ONE, now, Date.from(Instant.now().plusSeconds(3600)), subject, keys.getPublic());
        GeneralName alternative = new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternative));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }
}
