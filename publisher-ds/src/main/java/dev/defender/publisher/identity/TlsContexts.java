/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.identity;

import dev.defender.tls.ClientContext;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** TLS contexts that trust the CAs of a PEM text and nobody else. */
final class TlsContexts {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

    private TlsContexts() {}

    /** @param identity null for a client without a certificate */
    static SSLContext create(Onboarding.Backend backend, @Nullable NodeIdentity identity)
            throws GeneralSecurityException {
        String ca = backend.ca();
        if (!ca.contains(BEGIN)) {
            throw new GeneralSecurityException(backend.caName()
                    + " holds no CERTIFICATE in PEM; it must hold those that the backend's certificate comes from");
        }
        try {
            return identity == null ? ClientContext.trusting(ca) : ClientContext.trusting(ca, new OneKey(identity));
        } catch (IOException | CertificateException e) {
            throw new GeneralSecurityException(
                    backend.caName() + " holds a certificate that cannot be read: " + e.getMessage(), e);
        }
    }

    /** Offers the node's certificate to whoever asks for one. */
    private static final class OneKey extends X509ExtendedKeyManager {
        private static final String ALIAS = "node";

        private final NodeIdentity identity;

        OneKey(NodeIdentity identity) {
            this.identity = identity;
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return ALIAS;
        }

        @Override
        public String chooseEngineClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return identity.chain();
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return identity.key();
        }

        @Override
        public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }
}
