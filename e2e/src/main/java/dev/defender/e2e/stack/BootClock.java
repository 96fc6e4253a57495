/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.stack;

import com.sun.jna.Native;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** CLOCK_BOOTTIME, the clock of the kernel's time stamps: the JVM has no reading of it. */
public final class BootClock {
    private static final int CLOCK_BOOTTIME = 7;

    private BootClock() {}

    /** ns since boot, suspended time included. */
    public static long nanos() {
        Timespec now = new Timespec();
        if (clock_gettime(CLOCK_BOOTTIME, now) != 0) {
            throw new IllegalStateException("this kernel has no CLOCK_BOOTTIME; it came with Linux 2.6.39");
        }
        return now.seconds * 1_000_000_000 + now.nanos;
    }

    private static native int clock_gettime(int clock, Timespec result);

    static {
        Native.register(BootClock.class, "c");
    }

    /** struct timespec of a 64-bit Linux. */
    @FieldOrder({"seconds", "nanos"})
    public static final class Timespec extends Structure {
        public long seconds;
        public long nanos;
    }
}
