/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.capture;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The processes that a capture of one cgroup begins with: those in the group, and their ancestors, because rules ask for
 * them. Other processes of the host are nobody's business.
 */
final class TaskSelection {
    private final Map<Integer, ByteBuffer> tasks = new LinkedHashMap<>();

    /** Keeps a copy of a TASK record. */
    void add(ByteBuffer record, int at, int length) {
        ByteBuffer copy = ByteBuffer.allocate(length).order(record.order());
        copy.put(0, record, at, length);
        tasks.put(RecordFields.pid(copy, 0), copy);
    }

    /** Ancestors first. */
    List<ByteBuffer> of(long cgroup) {
        Map<Integer, ByteBuffer> chosen = new HashMap<>();
        List<ByteBuffer> ordered = new ArrayList<>();
        for (ByteBuffer task : tasks.values()) {
            if (RecordFields.cgroupKey(task, 0) == cgroup) {
                lineage(task).forEach(member -> {
                    if (chosen.putIfAbsent(RecordFields.pid(member, 0), member) == null) {
                        ordered.add(member);
                    }
                });
            }
        }
        return ordered;
    }

    private Deque<ByteBuffer> lineage(ByteBuffer task) {
        Deque<ByteBuffer> line = new ArrayDeque<>();
        @Nullable ByteBuffer member = task;
        while (member != null && line.size() < tasks.size()) {
            line.addFirst(member);
            int parent = RecordFields.parentPid(member, 0);
            member = parent == RecordFields.pid(member, 0) ? null : tasks.get(parent);
        }
        return line;
    }
}
