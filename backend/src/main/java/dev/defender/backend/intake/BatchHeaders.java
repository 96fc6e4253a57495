/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.intake;

import dev.defender.backend.http.Exchange;
import dev.defender.backend.http.Problem;
import dev.defender.backend.http.ProblemException;
import dev.defender.protocol.wire.Batch;

/** What the HTTP headers of a batch must say. */
final class BatchHeaders {
    private static final String PROTOCOL = "1";
    private static final String ENCODING = "zstd";

    private BatchHeaders() {}

    static void check(Exchange exchange) throws ProblemException {
        String protocol = exchange.header("Defender-Protocol");
        if (!PROTOCOL.equals(protocol)) {
            throw new ProblemException(Problem.unsupportedProtocol(
                    "the header Defender-Protocol is " + (protocol == null ? "missing" : "\"" + protocol + "\"")
                            + "; this backend speaks version " + PROTOCOL));
        }
        if (!Batch.MEDIA_TYPE.equals(exchange.header("Content-Type"))) {
            throw new ProblemException(
                    Problem.unsupportedMediaType("send a batch as Content-Type: " + Batch.MEDIA_TYPE));
        }
        if (!ENCODING.equals(exchange.header("Content-Encoding"))) {
            throw new ProblemException(Problem.unsupportedMediaType("send a batch with Content-Encoding: " + ENCODING));
        }
    }
}
