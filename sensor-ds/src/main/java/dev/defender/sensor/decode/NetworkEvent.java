/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.decode;

/** What CONNECT, ACCEPT and LISTEN add to the header, seen from the process. LISTEN has no remote end. */
public final class NetworkEvent {
    static final int FIXED_BYTES = 144;
    private static final int LOCAL = 112;
    private static final int REMOTE = 128;

    private final RawEvent event;

    NetworkEvent(RawEvent event) {
        this.event = event;
    }

    boolean valid() {
        return family() == 4 || family() == 6;
    }

    /** 4 or 6. An IPv4-mapped IPv6 address comes as 4. */
    public int family() {
        return event.shortAt(96);
    }

    /** IANA number: 6 = TCP. */
    public int protocol() {
        return event.shortAt(98);
    }

    /** CONNECT: 0 unless the socket was bound; the kernel chooses the port later. */
    public int localPort() {
        return event.shortAt(100);
    }

    public int remotePort() {
        return event.shortAt(102);
    }

    /** ACCEPT: the new descriptor; else -1. */
    public int fd() {
        return event.intAt(104);
    }

    /** Network order; returns 4 or 16. */
    public int copyLocalAddress(byte[] to, int at) {
        return copyAddress(LOCAL, to, at);
    }

    /** Network order; returns 4 or 16. */
    public int copyRemoteAddress(byte[] to, int at) {
        return copyAddress(REMOTE, to, at);
    }

    private int copyAddress(int field, byte[] to, int at) {
        int length = family() == 4 ? 4 : 16;
        return event.copyBytes(field, length, to, at);
    }
}
