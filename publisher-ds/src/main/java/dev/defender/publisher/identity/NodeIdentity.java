/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.identity;

import dev.defender.tls.Pem;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * The node's client certificate with its key, and what the certificate says: cluster, node, and how long.
 *
 * @param chain leaf first
 * @param cluster the backend's id of the cluster
 * @param renewAfter when to ask for the next one
 */
record NodeIdentity(
        PrivateKey key, X509Certificate[] chain, String cluster, String node, Instant notAfter, Instant renewAfter) {
    private static final String URN = "urn:defender:node:";
    private static final int URI_NAME = 6;

    /** @throws IOException if the text holds no key and node certificate, with a message that says what is missing */
    static NodeIdentity parse(String pem) throws IOException, GeneralSecurityException {
        X509Certificate[] chain = Pem.certificates(pem);
        if (chain.length == 0) {
            throw new IOException("no CERTIFICATE in PEM");
        }
        X509Certificate leaf = chain[0];
        String name = nodeName(leaf);
        int colon = name.indexOf(':');
        if (colon < 1) {
            throw new IOException("the certificate names no cluster and node");
        }
        Instant from = leaf.getNotBefore().toInstant();
        Instant until = leaf.getNotAfter().toInstant();
        return new NodeIdentity(
                Crypto.privateKey(pem),
                chain,
                name.substring(0, colon),
                URLDecoder.decode(name.substring(colon + 1), StandardCharsets.UTF_8),
                until,
                from.plusSeconds((until.getEpochSecond() - from.getEpochSecond()) * 2 / 3));
    }

    NodeIdentity renewAfter(Instant instant) {
        return new NodeIdentity(key, chain, cluster, node, notAfter, instant);
    }

    boolean expired(Instant now) {
        return !now.isBefore(notAfter);
    }

    private static String nodeName(X509Certificate leaf) throws CertificateParsingException {
        Collection<List<?>> names = leaf.getSubjectAlternativeNames();
        if (names != null) {
            for (List<?> name : names) {
                if (name.get(0) instanceof Integer type
                        && type == URI_NAME
                        && name.get(1) instanceof String uri
                        && uri.startsWith(URN)) {
                    return uri.substring(URN.length());
                }
            }
        }
        return "";
    }
}
