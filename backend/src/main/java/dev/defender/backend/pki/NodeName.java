/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.pki;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name that a node certificate is bound to.
 *
 * @param cluster the cluster's id
 * @param node the node's name in that cluster
 */
public record NodeName(String cluster, String node) {
    private static final String URN = "urn:defender:node:";
    private static final int URI_NAME = 6; // RFC 5280 GeneralName, tag of uniformResourceIdentifier
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?");

    /** Whether {@code node} can be a node's name: a host name's characters, 1 to 253 of them. */
    public static boolean isNode(String node) {
        return NODE.matcher(node).matches();
    }

    /** As it stands in a certificate's subject alternative name. */
    String uri() {
        return URN + cluster + ":"
                + URLEncoder.encode(node, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The name in a certificate; empty for one that is no node's. */
    public static Optional<NodeName> of(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names == null) {
                return Optional.empty();
            }
            return names.stream()
                    .filter(name -> name.getFirst().equals(URI_NAME))
                    .map(name -> (String) name.get(1))
                    .filter(uri -> uri.startsWith(URN))
                    .findFirst()
                    .flatMap(NodeName::parse);
        } catch (CertificateParsingException e) {
            return Optional.empty();
        }
    }

    private static Optional<NodeName> parse(String uri) {
        String rest = uri.substring(URN.length());
        int colon = rest.indexOf(':');
        if (colon < 1 || colon == rest.length() - 1) {
            return Optional.empty();
        }
        return Optional.of(new NodeName(
                rest.substring(0, colon), URLDecoder.decode(rest.substring(colon + 1), StandardCharsets.UTF_8)));
    }
}
