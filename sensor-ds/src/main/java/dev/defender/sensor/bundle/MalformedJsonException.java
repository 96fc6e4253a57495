/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.bundle;

import java.io.IOException;

/** A text that is not the JSON that was expected; the message says what and where. */
final class MalformedJsonException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedJsonException(String what, int at) {
        super(what + " at byte " + at);
    }
}
