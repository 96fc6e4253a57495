/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.protocol.clock;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * CLOCK_BOOTTIME and wall time, without a native call.
 *
 * <p>The JVM offers CLOCK_MONOTONIC only. Their distance is constant but for suspends, and {@code /proc/uptime} gives
 * CLOCK_BOOTTIME cut to 10 ms: each reading is a lower bound of the distance, so the largest of them is kept and the
 * error, at most 10 ms, shrinks with every {@link #calibrate}. A jump forward is a suspend and is taken over at once.
 * Any thread may read; calibration is cheap and may run anywhere.
 */
public final class NodeClock {
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final long NANOS_PER_CENTISECOND = 10_000_000L;

    private volatile long boottimeMinusMonotonic;

    private NodeClock() {}

    /** @throws IOException where {@code /proc/uptime} cannot be read */
    public static NodeClock start() throws IOException {
        NodeClock clock = new NodeClock();
        clock.boottimeMinusMonotonic = readDistance();
        return clock;
    }

    /** The kernel's boot id as it writes it, a lower-case UUID. */
    public static String bootId() throws IOException {
        return Files.readString(BOOT_ID).trim();
    }

    /** CLOCK_BOOTTIME, ns. */
    public long boottimeNanos() {
        return System.nanoTime() + boottimeMinusMonotonic;
    }

    /** Wall time, ns since the Unix epoch, in steps of 1 ms. */
    public static long realtimeNanos() {
        return System.currentTimeMillis() * 1_000_000L;
    }

    /** Takes one more reading; an unreadable file leaves the last one in place. */
    public synchronized void calibrate() {
        try {
            boottimeMinusMonotonic = Math.max(boottimeMinusMonotonic, readDistance());
        } catch (IOException e) {
            // The distance only moves when the machine is suspended: the last reading stays good.
            return;
        }
    }

    private static long readDistance() throws IOException {
        byte[] text = Files.readAllBytes(UPTIME);
        long now = System.nanoTime();
        return parseCentiseconds(text) * NANOS_PER_CENTISECOND - now;
    }

    /** "12345.67 …" → 1234567. */
    static long parseCentiseconds(byte[] text) throws IOException {
        long value = 0;
        int decimals = -1;
        for (byte c : text) {
            if (c == '.') {
                decimals = 0;
            } else if (c >= '0' && c <= '9' && decimals < 2) {
                value = value * 10 + c - '0';
                decimals += decimals < 0 ? 0 : 1;
            } else {
                break;
            }
        }
        if (decimals != 2) {
            throw new IOException(UPTIME + " reads \"" + new String(text, StandardCharsets.UTF_8).trim()
                    + "\", which is not seconds with two decimals");
        }
        return value;
    }
}
