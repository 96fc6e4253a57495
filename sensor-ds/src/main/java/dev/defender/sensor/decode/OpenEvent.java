/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.decode;

import java.nio.ByteBuffer;

/** What OPEN adds to the header. Copies as in {@link ExecEvent}. */
public final class OpenEvent {
    static final int FIXED_BYTES = 128;

    private final RawEvent event;
    private int pathStart;
    private int pathLength;
    private int cwdLength;

    OpenEvent(RawEvent event) {
        this.event = event;
    }

    /** Whether both sections lie within the record; finds their places. */
    boolean wrap(ByteBuffer buffer, int base, int length) {
        pathStart = base + FIXED_BYTES;
        pathLength = event.shortAt(120);
        cwdLength = event.shortAt(122);
        return pathLength <= Section.MAX_BYTES
                && cwdLength <= Section.MAX_BYTES
                && FIXED_BYTES + pathLength + cwdLength <= length
                && (racy() || endsWithNul(buffer, pathStart, pathLength))
                && endsWithNul(buffer, pathStart + pathLength, cwdLength);
    }

    private static boolean endsWithNul(ByteBuffer buffer, int start, int length) {
        return length == 0 || buffer.get(start + length - 1) == 0;
    }

    /** 0 when the open was refused. */
    public long inode() {
        return event.longAt(96);
    }

    /** Descriptor, or -errno. */
    public int result() {
        return event.intAt(104);
    }

    /** O_* of the caller's architecture, as given; openat2: as the kernel keeps them, without the creation flags. */
    public int openFlags() {
        return event.intAt(108);
    }

    /** Permission bits as given; openat2: 0. */
    public int mode() {
        return event.intAt(112);
    }

    public int device() {
        return event.intAt(116);
    }

    /** The path is the caller's own string: what the kernel saw can have been another one. */
    public boolean racy() {
        return (event.flags() & EventFlags.RACY) != 0;
    }

    /** Path of the file from the mount namespace's root; when {@link #racy}, the caller's string, relative or not. */
    public int copyPath(byte[] to, int at) {
        if (racy()) {
            return Section.copyText(event.buffer(), pathStart, pathLength, to, at);
        }
        return event.copyPath(pathStart, pathLength, EventFlags.PATH_TRUNCATED | EventFlags.MEMFD, to, at);
    }

    /** Working directory of the caller, only when {@link #racy}; else 0 bytes. */
    public int copyCwd(byte[] to, int at) {
        if (!racy()) {
            return 0;
        }
        return event.copyPath(pathStart + pathLength, cwdLength, EventFlags.CWD_TRUNCATED, to, at);
    }
}
