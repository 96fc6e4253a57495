/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

import java.time.Duration;

/** The store cannot answer now; the same call may succeed later. */
public final class StoreUnavailableException extends Exception {
    private final Duration retryAfter;

    /** @param detail for an operator; goes to the log, never to a client */
    public StoreUnavailableException(
            String detail, Duration retryAfter, @org.jspecify.annotations.Nullable Throwable cause) {
        super(detail, cause);
        this.retryAfter = retryAfter;
    }

    /** When it is worth trying again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
