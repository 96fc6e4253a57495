/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.service;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the service is reached.
 *
 * @param data directory under which keys and tokens are kept
 * @param listen address of the port; port 0 = any free one
 * @param tlsNames host names and addresses of the server certificate, beside those of the loopback interface
 * @param given certificate and key of the server that somebody else renews; null: of our own CA
 * @param nodeCertificateLifetime how long a node may go without renewing
 * @param inflightBytes most bytes that batches in flight may hold together
 */
public record ServiceOptions(
        Path data,
        InetSocketAddress listen,
        List<String> tlsNames,
        @Nullable GivenFiles given,
        Duration nodeCertificateLifetime,
        long inflightBytes) {
    /** Short: a stolen certificate that nobody noticed ends by itself. */
    public static final Duration NODE_CERTIFICATE_LIFETIME = Duration.ofHours(24);

    /** PEM files. */
    public record GivenFiles(Path certificate, Path key) {}

    public ServiceOptions {
        tlsNames = List.copyOf(tlsNames);
    }

    /** A quarter of the heap: batches, their decoded form and everything else must fit into it together. */
    public static long defaultInflightBytes() {
        return Runtime.getRuntime().maxMemory() / 4;
    }
}
