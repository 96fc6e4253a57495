/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.pki;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * What the server shows at a handshake. New handshakes use what {@link #current} gives, so that a renewal needs no restart.
 * Thread-safe.
 */
public sealed interface ServerCertificate permits OwnCertificate, GivenCertificate {
    /** A key and its chain, leaf first. */
    record Identity(PrivateKey key, X509Certificate[] chain) {
        X509Certificate leaf() {
            return chain[0];
        }
    }

    Identity current();

    /** End of the certificate in use. */
    Instant notAfter();

    /**
     * Takes a new certificate where it is time, or one is there.
     *
     * @return whether it did
     * @throws IOException there should be a new one and is not; the present one stays
     */
    boolean renewIfDue() throws IOException;
}
