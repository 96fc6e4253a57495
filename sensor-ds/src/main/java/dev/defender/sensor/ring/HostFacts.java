/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import org.jspecify.annotations.Nullable;

/**
 * Every input of the sensor's state that is not a ring record. Live they are read from the host; in a replay they come
 * from the capture, and nothing of the host is opened. One thread calls.
 */
public interface HostFacts {
    /** Name of the node that the records were captured on. */
    String node();

    /** Of the boot that the records were captured in. */
    String bootId();

    String kernelRelease();

    /** As {@code uname -m} says it. */
    String architecture();

    /** From the host's user database; empty if unknown. */
    String userName(int uid);

    /**
     * Path of a cgroup in its hierarchy, for a key that no record has named yet ({@code "/kubepods/…"}).
     *
     * @return null if there is no such cgroup any more
     */
    @Nullable
    String cgroupPath(long cgroupKey);

    /** Who captured the records first; null when this sensor does it now. */
    @Nullable
    CaptureOrigin origin();

    /**
     * Identity of the recording sensor.
     *
     * @param producer its producer name
     * @param epoch its epoch, CLOCK_BOOTTIME ns
     */
    record CaptureOrigin(String node, String bootId, String producer, long epoch) {}
}
