/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.link;

import dev.defender.link.LinkListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each change of the link's state, none for a retry that ends the same way. Link thread. */
final class LinkLog implements LinkListener {
    private static final Logger log = LoggerFactory.getLogger("dev.defender.sensor.link");

    private String last = "";

    @Override
    public void up(String socket) {
        if (changed("up")) {
            log.info("publisher at {} acknowledges", socket);
        }
    }

    @Override
    public void down(String what) {
        if (changed(what)) {
            log.warn("{}; events wait in the window and are dropped by class when it is full", what);
        }
    }

    private boolean changed(String state) {
        boolean differs = !state.equals(last);
        last = state;
        return differs;
    }
}
