/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.capture;

import java.io.IOException;

/** A capture file that cannot be used at all. The message is one sentence for a person: which file, what is wrong. */
public final class CaptureException extends IOException {
    private static final long serialVersionUID = 1L;

    CaptureException(String message) {
        super(message);
    }
}
