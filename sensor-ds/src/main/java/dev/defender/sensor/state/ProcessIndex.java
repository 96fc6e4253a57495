/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.state;

import org.jspecify.annotations.Nullable;

/** Open addressing by (pid, start time), at most half full, without tombstones. */
final class ProcessIndex {
    private final @Nullable ProcessEntry[] slots;
    private final int mask;

    /** @param most entries at a time */
    ProcessIndex(int most) {
        slots = new ProcessEntry[Integer.highestOneBit(Math.max(8, most) * 2 - 1) * 2];
        mask = slots.length - 1;
    }

    @Nullable
    ProcessEntry get(int pid, long start) {
        int at = hash(pid, start);
        while (true) {
            ProcessEntry entry = slots[at];
            if (entry == null || entry.pid() == pid && entry.startBootNs() == start) {
                return entry;
            }
            at = at + 1 & mask;
        }
    }

    /** The key must not be there yet. */
    void add(ProcessEntry entry) {
        int at = hash(entry.pid(), entry.startBootNs());
        while (slots[at] != null) {
            at = at + 1 & mask;
        }
        slots[at] = entry;
    }

    void remove(ProcessEntry entry) {
        int at = hash(entry.pid(), entry.startBootNs());
        while (slots[at] != entry) {
            if (slots[at] == null) {
                return;
            }
            at = at + 1 & mask;
        }
        close(at);
    }

    /** Moves what follows the hole back where its probe would otherwise miss it. */
    private void close(int emptied) {
        int hole = emptied;
        slots[hole] = null;
        for (int at = hole + 1 & mask; ; at = at + 1 & mask) {
            ProcessEntry entry = slots[at];
            if (entry == null) {
                return;
            }
            int home = hash(entry.pid(), entry.startBootNs());
            if ((at - home & mask) >= (at - hole & mask)) {
                slots[hole] = entry;
                slots[at] = null;
                hole = at;
            }
        }
    }

    private int hash(int pid, long start) {
        long mixed = (start ^ (long) pid << 40 ^ pid) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 33) & mask;
    }
}
