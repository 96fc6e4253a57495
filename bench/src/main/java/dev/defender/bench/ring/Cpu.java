/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.ring;

import com.sun.jna.Native;
import com.sun.jna.Platform;

/** Where the calling thread runs. */
final class Cpu {
    private static final int MASK_BYTES = 8;
    private static final int CALLING_THREAD = 0;

    static {
        Native.register(Cpu.class, Platform.C_LIBRARY_NAME);
    }

    private Cpu() {}

    /** Stays where it is when there is no such CPU. */
    static void moveTo(int cpu) {
        byte[] mask = new byte[MASK_BYTES];
        mask[cpu / 8] = (byte) (1 << cpu % 8);
        sched_setaffinity(CALLING_THREAD, MASK_BYTES, mask);
    }

    private static native int sched_setaffinity(int thread, long size, byte[] mask);
}
