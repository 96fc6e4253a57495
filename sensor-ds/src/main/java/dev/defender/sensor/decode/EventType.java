/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.decode;

/** Types of ring records: enum event_type of event.h. Those below 64 are numbers of the protocol's RecordClass. */
public final class EventType {
    public static final int EXEC = 1;
    public static final int FORK = 2;
    public static final int EXIT = 3;
    public static final int CONNECT = 4;
    public static final int ACCEPT = 5;
    public static final int LISTEN = 6;
    public static final int OPEN = 7;
    /** A process of the initial table; not counted in the ledger. */
    public static final int TASK = 100;

    private EventType() {}
}
