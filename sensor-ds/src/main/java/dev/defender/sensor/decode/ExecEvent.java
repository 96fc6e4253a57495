/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.decode;

import java.nio.ByteBuffer;

/**
 * What EXEC and TASK add to the header. Copies go to the caller's array, which must have room for {@link RawEvent#MAX_TEXT}
 * bytes, and return the number of bytes written. Text is what the kernel has: any byte value, no encoding.
 */
public final class ExecEvent {
    static final int FIXED_BYTES = 152;
    private static final int LENGTHS = 140;
    private static final int SECTIONS = 5;

    private final RawEvent event;
    private final int[] start = new int[SECTIONS];
    private final int[] size = new int[SECTIONS];

    ExecEvent(RawEvent event) {
        this.event = event;
    }

    /** Whether all sections lie within the record; finds their places. */
    boolean wrap(ByteBuffer buffer, int base, int length) {
        int at = FIXED_BYTES;
        for (int i = 0; i < SECTIONS; i++) {
            start[i] = base + at;
            size[i] = event.shortAt(LENGTHS + 2 * i);
            at += size[i];
            if (size[i] > Section.MAX_BYTES || at > length || (i > 1 && !endsWithNul(buffer, i))) {
                return false;
            }
        }
        return true;
    }

    private boolean endsWithNul(ByteBuffer buffer, int i) {
        return size[i] == 0 || buffer.get(start[i] + size[i] - 1) == 0;
    }

    /** Bit n = capability number n. */
    public long capEffective() {
        return event.longAt(96);
    }

    public long capPermitted() {
        return event.longAt(104);
    }

    public long capInheritable() {
        return event.longAt(112);
    }

    /** 0 = no executable (kernel thread). */
    public long exeInode() {
        return event.longAt(120);
    }

    /** The kernel's device number, {@code major << 20 | minor}. */
    public int exeDevice() {
        return event.intAt(128);
    }

    /** {@code major << 8 | minor}; 0 = none. */
    public int tty() {
        return event.intAt(132);
    }

    /** The thread that called execve; it became the process's only one. */
    public int oldTid() {
        return event.intAt(136);
    }

    public int argsLength() {
        return size[0];
    }

    /** Arguments, argv[0] first, each ended by NUL; the last one need not be when {@link EventFlags#ARGS_TRUNCATED}. */
    public int copyArgs(byte[] to, int at) {
        return Section.copyText(event.buffer(), start[0], size[0], to, at);
    }

    /** The path given to execve: for a script the script, not its interpreter. */
    public int copyFilename(byte[] to, int at) {
        return Section.copyText(event.buffer(), start[1], size[1], to, at);
    }

    /** Path of the image that runs; {@code memfd:name} for anonymous memory; 0 bytes if there is none. */
    public int copyExe(byte[] to, int at) {
        if (size[2] == 0 && exeInode() == 0) {
            return 0;
        }
        return event.copyPath(start[2], size[2], EventFlags.PATH_TRUNCATED | EventFlags.MEMFD, to, at);
    }

    /** Working directory. */
    public int copyCwd(byte[] to, int at) {
        return event.copyPath(start[3], size[3], EventFlags.CWD_TRUNCATED, to, at);
    }

    /** Path of the cgroup that {@link RawEvent#cgroupKey} names, in its hierarchy. */
    public int copyCgroup(byte[] to, int at) {
        return event.copyPath(start[4], size[4], EventFlags.CGROUP_TRUNCATED, to, at);
    }
}
