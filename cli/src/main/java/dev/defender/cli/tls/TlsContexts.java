/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS that trusts certain authorities and no other. */
public final class TlsContexts {
    private TlsContexts() {}

    /** @param trusted authorities; empty = those of the JDK */
    public static SSLContext trusting(List<X509Certificate> trusted) {
        return context(trusted, null);
    }

    /** @param chain leaf first */
    public static SSLContext withClientKey(List<X509Certificate> trusted, PrivateKey key, List<X509Certificate> chain) {
        try {
            KeyStore keys = empty();
            keys.setKeyEntry("client", key, new char[0], chain.toArray(X509Certificate[]::new));
            return context(trusted, keys);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a key store in memory cannot be made", e);
        }
    }

    private static SSLContext context(List<X509Certificate> trusted, @Nullable KeyStore keys) {
        try {
            KeyStore authorities = null;
            if (!trusted.isEmpty()) {
                authorities = empty();
                for (X509Certificate authority : trusted) {
                    authorities.setCertificateEntry("ca-" + authorities.size(), authority);
                }
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities);
            KeyManagerFactory client = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            client.init(keys, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(client.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("TLS cannot be set up from these certificates", e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
