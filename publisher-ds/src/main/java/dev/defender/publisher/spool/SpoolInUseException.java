/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import java.io.IOException;

/** Another process holds the spool's directory; the message names it and says what to do. */
public final class SpoolInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    SpoolInUseException(String message) {
        super(message);
    }
}
