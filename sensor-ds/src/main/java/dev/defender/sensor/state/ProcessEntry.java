/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.state;

import org.jspecify.annotations.Nullable;

/** One process. Pooled: valid while it is in the table. Named by pid and the time at which it began. */
public final class ProcessEntry {
    private int pid;
    private long startBootNs;
    private int parentPid;
    private long parentStartBootNs;
    private int uid;
    private int gid;
    private int euid;
    private int loginUid;
    private long cgroupKey;
    private long exitBootNs;
    private int children;
    private final EncodedIdentity identity = new EncodedIdentity();
    private @Nullable ProcessImage image;
    private @Nullable ProcessEntry parent;

    // Neighbours in the list of living or of dead processes.
    @Nullable
    ProcessEntry newer;

    @Nullable
    ProcessEntry older;

    ProcessEntry() {}

    public int pid() {
        return pid;
    }

    /** CLOCK_BOOTTIME ns. */
    public long startBootNs() {
        return startBootNs;
    }

    public int parentPid() {
        return parentPid;
    }

    public long parentStartBootNs() {
        return parentStartBootNs;
    }

    public int uid() {
        return uid;
    }

    public int gid() {
        return gid;
    }

    public int euid() {
        return euid;
    }

    /** -1 = unset. */
    public int loginUid() {
        return loginUid;
    }

    public long cgroupKey() {
        return cgroupKey;
    }

    /** CLOCK_BOOTTIME ns; 0 = lives. */
    public long exitBootNs() {
        return exitBootNs;
    }

    /** The encoder's own. */
    public EncodedIdentity identity() {
        return identity;
    }

    public ProcessImage image() {
        ProcessImage current = image;
        if (current == null) {
            throw new IllegalStateException("process " + pid + " is not in the table");
        }
        return current;
    }

    /** The parent, if it is still in the table. */
    public @Nullable ProcessEntry parent() {
        ProcessEntry known = parent;
        return known != null && known.is(parentPid, parentStartBootNs) ? known : null;
    }

    /** The ancestor {@code depth} steps up: 0 is this process; null if the table does not reach so far. */
    public @Nullable ProcessEntry ancestor(int depth) {
        ProcessEntry at = this;
        for (int i = 0; i < depth && at != null; i++) {
            at = at.parent();
        }
        return at;
    }

    boolean is(int otherPid, long otherStart) {
        return pid == otherPid && startBootNs == otherStart && image != null;
    }

    void begin(int newPid, long newStart) {
        identity.clear();
        pid = newPid;
        startBootNs = newStart;
        parentPid = 0;
        parentStartBootNs = 0;
        exitBootNs = 0;
        children = 0;
        parent = null;
        cgroupKey = 0;
    }

    void credentials(int newUid, int newGid, int newEuid, int newLoginUid) {
        if (uid != newUid || gid != newGid || euid != newEuid) {
            identity.clear();
        }
        uid = newUid;
        gid = newGid;
        euid = newEuid;
        loginUid = newLoginUid;
    }

    void cgroup(long key) {
        cgroupKey = key;
    }

    /** Takes over the reference that the caller holds. */
    @Nullable
    ProcessImage swapImage(@Nullable ProcessImage next) {
        ProcessImage previous = image;
        image = next;
        return previous;
    }

    void adopt(int newParentPid, long newParentStart, @Nullable ProcessEntry newParent) {
        identity.clear();
        ProcessEntry old = parent();
        if (old != null) {
            old.children--;
        }
        parentPid = newParentPid;
        parentStartBootNs = newParentStart;
        parent = newParent;
        if (newParent != null) {
            newParent.children++;
        }
    }

    void exited(long bootNs) {
        exitBootNs = bootNs;
    }

    int children() {
        return children;
    }
}
