/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.backup;

import java.io.IOException;

/** A backup cannot be taken or put back; the message is a sentence for the person who tries. */
public final class BackupException extends IOException {
    private static final long serialVersionUID = 1L;

    BackupException(String message) {
        super(message);
    }

    BackupException(String message, Throwable cause) {
        super(message, cause);
    }
}
