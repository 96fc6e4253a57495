/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts servers whose certificate comes from one of the given authorities and names the host that was dialled.
 *
 * <p>The path is the JDK's to validate; its signatures are verified by the native provider, and there is no key store in
 * between, because both run interpreted in a cold JVM and cost the start-up in 60m seconds.
 */
final class ServerTrust extends X509ExtendedTrustManager {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_USAGE = "2.5.29.37.0";

    private final X509Certificate[] authorities;

    ServerTrust(X509Certificate[] authorities) {
        this.authorities = authorities.clone();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        String host = engine == null ? null : engine.getPeerHost();
        if (host == null) {
            throw new CertificateException("the host that was dialled is not known");
        }
        X509Certificate leaf = Pem.certificate(chain[0].getEncoded());
        validate(leaf, chain);
        List<String> usages = leaf.getExtendedKeyUsage();
        if (usages != null && !usages.contains(SERVER_AUTH) && !usages.contains(ANY_USAGE)) {
            throw new CertificateException("the certificate is not for a server");
        }
        if (!ServerName.matches(leaf, host)) {
            throw new CertificateException("the certificate does not name " + host);
        }
    }

    private void validate(X509Certificate leaf, X509Certificate[] chain) throws CertificateException {
        Set<TrustAnchor> anchors = new HashSet<>();
        for (X509Certificate authority : authorities) {
            anchors.add(new TrustAnchor(authority, null));
        }
        List<X509Certificate> path = new ArrayList<>(List.of(leaf));
        for (X509Certificate next : Arrays.copyOfRange(chain, 1, chain.length)) {
            X509Certificate certificate = Pem.certificate(next.getEncoded());
            if (isAuthority(certificate)) {
                // The anchor itself is no part of the path.
                break;
            }
            path.add(certificate);
        }
        try {
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setSigProvider(NativeProvider.registeredName());
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        } catch (GeneralSecurityException e) {
            throw new CertificateException(
                    "the server's certificate is not valid under the CA file: " + e.getMessage(), e);
        }
    }

    private boolean isAuthority(X509Certificate certificate) {
        return Arrays.asList(authorities).contains(certificate);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        checkServerTrusted(chain, authType, (SSLEngine) null);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType, (SSLEngine) null);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.clone();
    }
}
