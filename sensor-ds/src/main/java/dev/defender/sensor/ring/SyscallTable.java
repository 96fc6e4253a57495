/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import java.util.Map;

/**
 * Numbers of the system calls that the exit hook looks at, for each architecture: {@code syscall_kinds} of syscall.bpf.h.
 * Low four bits: what the number means to a native caller; high four: to a 32-bit one. Sources: the kernel's
 * {@code syscall_64.tbl}, {@code syscall_32.tbl}, {@code unistd.h} (generic) and {@code arch/arm/tools/syscall.tbl}.
 */
final class SyscallTable {
    static final int SIZE = 512;

    private static final int OPEN = 1;
    private static final int OPENAT = 2;
    private static final int OPENAT2 = 3;
    private static final int CREAT = 4;
    private static final int ACCEPT = 5;

    private static final Map<Integer, Integer> X86_64 =
            Map.of(2, OPEN, 257, OPENAT, 437, OPENAT2, 85, CREAT, 43, ACCEPT, 288, ACCEPT);
    private static final Map<Integer, Integer> I386 = Map.of(5, OPEN, 295, OPENAT, 437, OPENAT2, 8, CREAT, 364, ACCEPT);
    private static final Map<Integer, Integer> ARM64 = Map.of(56, OPENAT, 437, OPENAT2, 202, ACCEPT, 242, ACCEPT);
    private static final Map<Integer, Integer> ARM =
            Map.of(5, OPEN, 322, OPENAT, 437, OPENAT2, 8, CREAT, 285, ACCEPT, 366, ACCEPT);

    private SyscallTable() {}

    /** @param architecture as {@code uname -m} */
    static byte[] of(String architecture) {
        return switch (architecture) {
            case "x86_64" -> table(X86_64, I386);
            case "aarch64" -> table(ARM64, ARM);
            default -> throw new IllegalArgumentException("no system call numbers for architecture " + architecture);
        };
    }

    private static byte[] table(Map<Integer, Integer> nativeCalls, Map<Integer, Integer> compatCalls) {
        byte[] kinds = new byte[SIZE];
        nativeCalls.forEach((number, kind) -> kinds[number] |= kind.byteValue());
        compatCalls.forEach((number, kind) -> kinds[number] |= (byte) (kind << 4));
        return kinds;
    }
}
