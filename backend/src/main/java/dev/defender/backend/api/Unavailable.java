/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.api;

import dev.defender.backend.http.Problem;
import dev.defender.backend.http.ProblemException;
import dev.defender.backend.identity.IdentityUnavailableException;
import dev.defender.backend.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client is told when the store does not answer; the log has the cause. */
final class Unavailable {
    private static final Logger LOG = LoggerFactory.getLogger(Unavailable.class);
    private static final String DETAIL = "the store does not answer; try again";
    private static final int RETRY_AFTER_SECONDS = 5;

    private Unavailable() {}

    static ProblemException problem(StoreUnavailableException e) {
        LOG.warn("a query cannot be answered now: {}", e.getMessage());
        return new ProblemException(
                Problem.unavailable(DETAIL, Math.max(1, e.retryAfter().toSeconds())));
    }

    static ProblemException problem(IdentityUnavailableException e) {
        LOG.warn("identities cannot be read or changed now: {}", e.getMessage());
        return new ProblemException(Problem.unavailable(DETAIL, RETRY_AFTER_SECONDS));
    }
}
