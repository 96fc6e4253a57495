/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.decode;

/** What EXIT adds to the header. */
public final class ExitEvent {
    static final int FIXED_BYTES = 104;

    private final RawEvent event;

    ExitEvent(RawEvent event) {
        this.event = event;
    }

    /** Status passed to exit, 0..255; 0 when a signal ended it. */
    public int code() {
        return event.intAt(96);
    }

    /** Signal that ended it; 0 = none. */
    public int signal() {
        return event.intAt(100);
    }
}
