/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import org.jspecify.annotations.Nullable;

/**
 * How the kernel side is set up.
 *
 * @param epoch of this producer: CLOCK_BOOTTIME ns at its start
 * @param ringBytes size of the ring, a power of two and a multiple of the page size
 * @param onlyCgroup key of the one cgroup to observe; 0 = all
 * @param sensitive names whose files are reported whoever opens them
 * @param pins where the counters are pinned; null = nowhere, then a kill costs an unknown number
 */
public record LoadOptions(
        long epoch,
        int ringBytes,
        long onlyCgroup,
        SensitiveNames sensitive,
        @Nullable LedgerPins pins) {
    /** 8 MiB: seconds of a burst while the consumer is throttled by its CPU limit. */
    public static final int DEFAULT_RING_BYTES = 8 << 20;

    /** Everything, 8 MiB, the default names, not pinned. */
    public static LoadOptions of(long epoch) {
        return new LoadOptions(epoch, DEFAULT_RING_BYTES, 0, SensitiveNames.defaults(), null);
    }

    public LoadOptions withRingBytes(int bytes) {
        return new LoadOptions(epoch, bytes, onlyCgroup, sensitive, pins);
    }

    public LoadOptions withOnlyCgroup(long key) {
        return new LoadOptions(epoch, ringBytes, key, sensitive, pins);
    }

    public LoadOptions withPins(LedgerPins where) {
        return new LoadOptions(epoch, ringBytes, onlyCgroup, sensitive, where);
    }
}
