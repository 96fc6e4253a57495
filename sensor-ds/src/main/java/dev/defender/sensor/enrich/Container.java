/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.enrich;

/** The container of a cgroup, or that there is none. */
public final class Container {
    /** A process of the host. */
    public static final Container HOST = new Container(new byte[0]);

    private final byte[] id;

    Container(byte[] id) {
        this.id = id;
    }

    /** The runtime's id, ASCII; empty on the host. Not to be changed. */
    public byte[] id() {
        return id;
    }

    public boolean host() {
        return id.length == 0;
    }
}
