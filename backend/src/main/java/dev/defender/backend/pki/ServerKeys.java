/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.pki;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Offers the server certificate that is current at the handshake. The alias is its serial number, so that key and chain
 * of one handshake are of the same certificate even when it is replaced in between.
 */
final class ServerKeys extends X509ExtendedKeyManager {
    private final ServerCertificate certificate;
    private volatile ServerCertificate.Identity previous;

    ServerKeys(ServerCertificate certificate) {
        this.certificate = certificate;
        this.previous = certificate.current();
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        ServerCertificate.Identity identity = certificate.current();
        return keyType.startsWith(identity.leaf().getPublicKey().getAlgorithm()) ? alias(identity) : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        ServerCertificate.Identity identity = find(alias);
        return identity == null ? null : identity.chain().clone();
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        ServerCertificate.Identity identity = find(alias);
        return identity == null ? null : identity.key();
    }

    private ServerCertificate.@Nullable Identity find(String alias) {
        ServerCertificate.Identity current = certificate.current();
        if (alias(current).equals(alias)) {
            previous = current;
            return current;
        }
        ServerCertificate.Identity before = previous;
        return alias(before).equals(alias) ? before : null;
    }

    private static String alias(ServerCertificate.Identity identity) {
        return identity.leaf().getSerialNumber().toString(16);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
