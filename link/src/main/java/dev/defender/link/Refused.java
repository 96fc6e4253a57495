/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.link;

import java.io.IOException;

/** The publisher ended the connection and said why. */
final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    private final boolean permanent;

    Refused(String reason, boolean permanent) {
        super(reason);
        this.permanent = permanent;
    }

    /** Whether trying again as it is will not help. */
    boolean permanent() {
        return permanent;
    }
}
