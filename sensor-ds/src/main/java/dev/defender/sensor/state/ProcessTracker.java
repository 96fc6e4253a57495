/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.state;

import dev.defender.sensor.decode.EventType;
import dev.defender.sensor.decode.ForkEvent;
import dev.defender.sensor.decode.RawEvent;
import org.jspecify.annotations.Nullable;

/** Keeps the process table in step with the events. */
public final class ProcessTracker {
    private final ProcessTable table;
    private final ImageReader images;
    private @Nullable ProcessEntry child;
    private long unknown;

    public ProcessTracker(ProcessTable table) {
        this.table = table;
        this.images = new ImageReader(table);
    }

    /**
     * Takes an event in.
     *
     * @return the process whose action it is, as it is after the event; for FORK the one that forked
     */
    public ProcessEntry track(RawEvent event) {
        return switch (event.type()) {
            case EventType.EXEC, EventType.TASK -> image(event);
            case EventType.FORK -> fork(event);
            case EventType.EXIT -> exit(event);
            default -> subject(event);
        };
    }

    /** After a FORK: the new process. */
    public ProcessEntry child() {
        ProcessEntry known = child;
        if (known == null) {
            throw new IllegalStateException("no process was forked yet");
        }
        return known;
    }

    /** Events of processes that the table had not heard of. */
    public long unknown() {
        return unknown;
    }

    private ProcessEntry image(RawEvent event) {
        ProcessEntry entry = table.find(event.pid(), event.startBootNs());
        ProcessImage image = images.read(event, entry);
        if (entry == null) {
            entry = table.add(event.pid(), event.startBootNs());
        }
        table.setImage(entry, image);
        update(entry, event);
        return entry;
    }

    private ProcessEntry fork(RawEvent event) {
        ForkEvent fork = event.fork();
        ProcessEntry parent = subject(event);
        ProcessImage shared = parent.image();
        shared.share();
        ProcessEntry entry = table.find(fork.childPid(), fork.childStartBootNs());
        if (entry == null) {
            entry = table.add(fork.childPid(), fork.childStartBootNs());
        }
        table.setImage(entry, shared);
        entry.credentials(event.uid(), event.gid(), event.euid(), event.loginUid());
        entry.cgroup(fork.childCgroupKey());
        if (!entry.is(fork.childParentPid(), fork.childParentStartBootNs())) {
            entry.adopt(
                    fork.childParentPid(),
                    fork.childParentStartBootNs(),
                    table.find(fork.childParentPid(), fork.childParentStartBootNs()));
        }
        child = entry;
        return subject(event);
    }

    private ProcessEntry exit(RawEvent event) {
        ProcessEntry entry = subject(event);
        table.exit(entry, event.timeBootNs());
        return entry;
    }

    private ProcessEntry subject(RawEvent event) {
        ProcessEntry entry = table.find(event.pid(), event.startBootNs());
        if (entry == null) {
            unknown++;
            ProcessImage image = images.bare(event, null);
            entry = table.add(event.pid(), event.startBootNs());
            table.setImage(entry, image);
        }
        update(entry, event);
        return entry;
    }

    /** The header is newer than what the table has. */
    private void update(ProcessEntry entry, RawEvent event) {
        entry.credentials(event.uid(), event.gid(), event.euid(), event.loginUid());
        entry.cgroup(event.cgroupKey());
        int parentPid = event.parentPid();
        long parentStart = event.parentStartBootNs();
        boolean same = entry.parentPid() == parentPid && entry.parentStartBootNs() == parentStart;
        if ((!same || entry.parent() == null) && parentPid != 0 && !entry.is(parentPid, parentStart)) {
            if (same || entry.parentPid() == 0 || event.type() == EventType.TASK) {
                entry.adopt(parentPid, parentStart, table.find(parentPid, parentStart));
            }
        }
    }
}
