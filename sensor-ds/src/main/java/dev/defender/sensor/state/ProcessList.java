/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.state;

import org.jspecify.annotations.Nullable;

/** Entries in the order of last use, linked through themselves. An entry is in one list at a time. */
final class ProcessList {
    private @Nullable ProcessEntry newest;
    private @Nullable ProcessEntry oldest;

    @Nullable
    ProcessEntry oldest() {
        return oldest;
    }

    void add(ProcessEntry entry) {
        ProcessEntry before = newest;
        entry.older = before;
        entry.newer = null;
        newest = entry;
        if (before == null) {
            oldest = entry;
        } else {
            before.newer = entry;
        }
    }

    void remove(ProcessEntry entry) {
        ProcessEntry newer = entry.newer;
        ProcessEntry older = entry.older;
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
        if (older == null) {
            oldest = newer;
        } else {
            older.newer = newer;
        }
        entry.newer = null;
        entry.older = null;
    }

    void touch(ProcessEntry entry) {
        if (entry.newer != null) {
            remove(entry);
            add(entry);
        }
    }
}
