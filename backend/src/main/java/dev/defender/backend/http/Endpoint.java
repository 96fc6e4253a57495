/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.http;

import java.io.IOException;

/** Answers the requests of one route, each on a virtual thread of its own: it may block. */
@FunctionalInterface
public interface Endpoint {
    /**
     * Reads the request and sends one answer.
     *
     * @throws ProblemException to answer with that problem, as long as nothing was sent
     * @throws IOException the client is gone or too slow
     */
    void serve(Exchange exchange) throws ProblemException, IOException;
}
