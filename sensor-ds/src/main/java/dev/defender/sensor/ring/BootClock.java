/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import com.sun.jna.Memory;
import com.sun.jna.Native;

/** CLOCK_BOOTTIME, the clock of all ring records: it grows during suspend and never jumps. Any thread; no allocation. */
public final class BootClock {
    private static final int CLOCK_BOOTTIME = 7;
    private static final long NANOS = 1_000_000_000L;
    private static final ThreadLocal<Memory> TIMESPEC = ThreadLocal.withInitial(() -> new Memory(16));

    static {
        Native.register(BootClock.class, "c");
    }

    private BootClock() {}

    private static native int clock_gettime(int clock, long timespec);

    /** Nanoseconds since boot. */
    public static long nanos() {
        Memory time = TIMESPEC.get();
        if (clock_gettime(CLOCK_BOOTTIME, com.sun.jna.Pointer.nativeValue(time)) != 0) {
            throw new IllegalStateException("clock_gettime(CLOCK_BOOTTIME): error " + Native.getLastError());
        }
        return time.getLong(0) * NANOS + time.getLong(8);
    }
}
