/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Facts of the running kernel. */
final class Machine {
    private static final Path POSSIBLE_CPUS = Path.of("/sys/devices/system/cpu/possible");

    private static final long INITIAL_PID_NAMESPACE = 0xEFFFFFFCL;

    private Machine() {}

    /** As {@code uname -m}. */
    static String architecture() {
        String jvm = System.getProperty("os.arch", "");
        return switch (jvm) {
            case "amd64" -> "x86_64";
            case "arm64" -> "aarch64";
            default -> jvm;
        };
    }

    static String bootId() {
        return read(Path.of("/proc/sys/kernel/random/boot_id"));
    }

    static String kernelRelease() {
        return read(Path.of("/proc/sys/kernel/osrelease"));
    }

    /** One more than the highest CPU number that this kernel can ever use. */
    static int possibleCpus() {
        String list = read(POSSIBLE_CPUS);
        String last = list.substring(Math.max(list.lastIndexOf('-'), list.lastIndexOf(',')) + 1);
        return Integer.parseInt(last) + 1;
    }

    /**
     * Inode number of this process's pid namespace, 0 if it is the initial one: then ids need no translation. The initial one
     * has a number that the kernel fixes.
     */
    static int pidNamespace() {
        try {
            long inode = (long) Files.getAttribute(Path.of("/proc/self/ns/pid"), "unix:ino");
            return inode == INITIAL_PID_NAMESPACE ? 0 : (int) inode;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot tell which pid namespace this is", unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }
}
