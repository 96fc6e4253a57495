/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.postgres;

import org.jspecify.annotations.Nullable;

/** PostgreSQL cannot be started or stopped; the message is one sentence for the person who runs the backend. */
public final class PostgresException extends Exception {
    private static final long serialVersionUID = 1L;

    public PostgresException(String message) {
        super(message);
    }

    public PostgresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
