/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.tls;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a certificate is for the host that was dialled (RFC 9525): by its subject alternative names only, DNS names
 * without regard to case and with {@code *} as the whole leftmost label, addresses by their bytes.
 */
final class ServerName {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private ServerName() {}

    static boolean matches(X509Certificate certificate, String host) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names == null) {
            return false;
        }
        byte @Nullable [] address = literal(host);
        for (List<?> name : names) {
            if (name.get(0) instanceof Integer type && name.get(1) instanceof String value) {
                boolean match = address == null
                        ? type == DNS_NAME && matches(value.toLowerCase(Locale.ROOT), host.toLowerCase(Locale.ROOT))
                        : type == IP_ADDRESS && Arrays.equals(address, literal(value));
                if (match) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean matches(String pattern, String host) {
        if (!pattern.startsWith("*.")) {
            return pattern.equals(host);
        }
        int dot = host.indexOf('.');
        // Not *.com: what follows the star has to have a dot of its own.
        return dot > 0 && pattern.indexOf('.', 2) > 0 && host.substring(dot).equals(pattern.substring(1));
    }

    /** Bytes of a literal address; null for a name. */
    private static byte @Nullable [] literal(String host) {
        boolean address = host.indexOf(':') >= 0;
        for (int i = 0; i < host.length() && !address; i++) {
            char c = host.charAt(i);
            if ((c < '0' || c > '9') && c != '.') {
                return null;
            }
        }
        try {
            return InetAddress.ofLiteral(host).getAddress();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
