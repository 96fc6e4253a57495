/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.pki;

import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** The TLS context of the server: our certificate as it is at each handshake, and nodes' certificates of our CA. */
public final class ServerTls {
    private ServerTls() {}

    public static SSLContext context(CertificateAuthority authority, ServerCertificate certificate) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {new ServerKeys(certificate)},
                    new TrustManager[] {new NodeTrust(authority.certificate())},
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }
}
