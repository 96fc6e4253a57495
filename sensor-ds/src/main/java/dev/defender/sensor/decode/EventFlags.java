/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.decode;

/** Bits of {@link RawEvent#flags}: enum event_flag of event.h. */
public final class EventFlags {
    public static final int ARGS_TRUNCATED = 1;
    public static final int ARGS_UNREADABLE = 1 << 1;
    public static final int FILENAME_TRUNCATED = 1 << 2;
    /** Of the executable (EXEC, TASK) or the opened file (OPEN). */
    public static final int PATH_TRUNCATED = 1 << 3;

    public static final int CWD_TRUNCATED = 1 << 4;
    public static final int CGROUP_TRUNCATED = 1 << 5;
    public static final int UPPER_LAYER = 1 << 6;
    public static final int MEMFD = 1 << 7;
    public static final int UNLINKED = 1 << 8;
    public static final int KERNEL_THREAD = 1 << 9;
    /** A 32-bit system call. */
    public static final int COMPAT = 1 << 10;

    public static final int WRITE = 1 << 11;
    public static final int CREATED = 1 << 12;
    public static final int SENSITIVE = 1 << 13;
    /** The path is the caller's string of a refused open. */
    public static final int RACY = 1 << 14;
    /** The racy path is relative to a directory that is not the working directory. */
    public static final int OTHER_DIRECTORY = 1 << 15;

    private EventFlags() {}
}
