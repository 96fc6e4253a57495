/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cgroup;

/**
 * The hard limits of one component.
 *
 * @param memoryBytes memory, the kernel's share included; 0 = none
 * @param cpuMillis thousandths of one CPU, enforced per period of 100 ms; 0 = none
 */
public record Limits(long memoryBytes, int cpuMillis) {
    private static final long MIB = 1024 * 1024;

    /** The limits that the published architecture fixes. */
    public static final Limits SENSOR = new Limits(296 * MIB, 360);

    public static final Limits PUBLISHER = new Limits(200 * MIB, 60);

    public static final Limits MISC = new Limits(64 * MIB, 60);

    /** No limit: measured only. */
    public static final Limits NONE = new Limits(0, 0);

    /** CPU time per period, µs. */
    long quotaMicros() {
        return cpuMillis * PERIOD_MICROS / 1000;
    }

    static final long PERIOD_MICROS = 100_000;

    public Limits withoutCpu() {
        return new Limits(memoryBytes, 0);
    }
}
