/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.database;

import org.jspecify.annotations.Nullable;

/** The database cannot be used; the message is one sentence for the person who starts the backend. */
public final class DatabaseStartException extends Exception {
    private static final long serialVersionUID = 1L;

    public DatabaseStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
