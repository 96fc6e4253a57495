/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import dev.defender.sensor.bundle.ContainerFacts;
import java.util.function.LongConsumer;
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

    /**
     * What the container's runtime says of it.
     *
     * @param cgroupKey of a cgroup of the container
     * @return null if no known runtime has it (yet)
     */
    @Nullable
    ContainerFacts container(long cgroupKey, String id);

    /** Grows when an answer of {@link #container} became a better one. */
    long containerChanges();

    /** Takes away cgroups that are gone so long that no event of theirs can come. */
    void removedCgroups(long nowBootNs, LongConsumer to);

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
