/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.intake;

import java.io.IOException;

/** A lane of the spool could not be written: it is to be rolled back. */
final class LaneFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int lane;

    LaneFailedException(int lane, IOException cause) {
        super(cause.getMessage(), cause);
        this.lane = lane;
    }

    int lane() {
        return lane;
    }
}
