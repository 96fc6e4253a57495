/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import bpf4j.RecordHandler;
import dev.defender.sensor.bundle.ContainerFacts;
import dev.defender.sensor.ring.HostFacts;
import dev.defender.sensor.ring.LedgerMaps;
import dev.defender.sensor.ring.RecordSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A kernel played by the test: delivers the records that it is given, and counts them as captured. */
public final class FixtureSource implements RecordSource, HostFacts {
    private final LedgerMaps maps = LedgerMaps.allocate();
    private final Deque<ByteBuffer> tasks = new ArrayDeque<>();
    private final Deque<ByteBuffer> records = new ArrayDeque<>();
    private final Map<Long, String> cgroups = new HashMap<>();
    private final Map<String, ContainerFacts> containers = new HashMap<>();
    private final List<Long> removed = new ArrayList<>();
    private long changes;
    private @Nullable CaptureOrigin origin;

    public FixtureSource task(byte[] record) {
        tasks.add(view(record));
        return this;
    }

    public FixtureSource add(byte[] record) {
        records.add(view(record));
        return this;
    }

    public FixtureSource cgroup(long key, String path) {
        cgroups.put(key, path);
        return this;
    }

    /** What the runtime says of a container from now on. */
    public FixtureSource container(String id, ContainerFacts facts) {
        changes += containers.put(id, facts) == null ? 0 : 1;
        return this;
    }

    public FixtureSource removed(long key) {
        removed.add(key);
        return this;
    }

    public FixtureSource from(CaptureOrigin capturedBy) {
        origin = capturedBy;
        return this;
    }

    @Override
    public void initialTasks(RecordHandler handler) {
        while (!tasks.isEmpty()) {
            deliver(tasks.remove(), handler);
        }
    }

    @Override
    public int poll(RecordHandler handler, long timeoutNanos) {
        int delivered = 0;
        for (; !records.isEmpty(); delivered++) {
            ByteBuffer record = records.remove();
            int cell = record.getInt(68) * 8 + record.getShort(0) - 1;
            maps.setCaptured(cell, maps.captured(cell) + 1);
            deliver(record, handler);
        }
        return delivered;
    }

    private static ByteBuffer view(byte[] record) {
        return ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void deliver(ByteBuffer record, RecordHandler handler) {
        handler.onRecord(record, 0, record.capacity());
    }

    @Override
    public void wakeup() {}

    @Override
    public boolean ended() {
        return records.isEmpty();
    }

    @Override
    public LedgerMaps ledger() {
        return maps;
    }

    @Override
    public HostFacts facts() {
        return this;
    }

    @Override
    public String node() {
        return "node";
    }

    @Override
    public String bootId() {
        return "boot";
    }

    @Override
    public String kernelRelease() {
        return "6.1.0";
    }

    @Override
    public String architecture() {
        return "x86_64";
    }

    @Override
    public String userName(int uid) {
        return switch (uid) {
            case 0 -> "root";
            case 1000 -> "alice";
            default -> "";
        };
    }

    @Override
    public @Nullable String cgroupPath(long cgroupKey) {
        return cgroups.get(cgroupKey);
    }

    @Override
    public @Nullable ContainerFacts container(long cgroupKey, String id) {
        return containers.get(id);
    }

    @Override
    public long containerChanges() {
        return changes;
    }

    @Override
    public void removedCgroups(long nowBootNs, LongConsumer to) {
        for (int i = 0; i < removed.size(); i++) {
            to.accept(removed.get(i));
        }
        removed.clear();
    }

    @Override
    public @Nullable CaptureOrigin origin() {
        return origin;
    }

    @Override
    public void close() {}
}
