/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.decode;

import dev.defender.sensor.ring.LedgerLayout;

/** What FORK adds to the header: the new process. The header is the process that forked. */
public final class ForkEvent {
    static final int FIXED_BYTES = 152;

    private final RawEvent event;

    ForkEvent(RawEvent event) {
        this.event = event;
    }

    boolean valid() {
        return childLedgerRow() >= 0 && childLedgerRow() < LedgerLayout.ROWS;
    }

    /** CLOCK_BOOTTIME ns. */
    public long childStartBootNs() {
        return event.longAt(96);
    }

    /** As {@link RawEvent#cgroupKey}; differs from the parent's when it was cloned into another cgroup. */
    public long childCgroupKey() {
        return event.longAt(104);
    }

    /** With CLONE_PARENT the parent is not the process that forked. */
    public long childParentStartBootNs() {
        return event.longAt(112);
    }

    public int childPid() {
        return event.intAt(120);
    }

    public int childParentPid() {
        return event.intAt(124);
    }

    public int childLedgerRow() {
        return event.intAt(128);
    }

    /** As {@link RawEvent#copyComm}. */
    public int copyChildComm(byte[] to, int at) {
        return event.copyName(136, to, at);
    }
}
