/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.capture;

import bpf4j.RecordHandler;
import dev.defender.sensor.bundle.ContainerFacts;
import dev.defender.sensor.ring.HostFacts;
import dev.defender.sensor.ring.LedgerMaps;
import dev.defender.sensor.ring.RecordSource;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Records from a list, and a host that knows user 1000, one cgroup, and one container. */
final class ListSource implements RecordSource, HostFacts {
    static final long CONTAINER = 7L << 56 | 43;
    static final String CONTAINER_ID = "0123456789abcdef".repeat(4);
    static final ContainerFacts FACTS = new ContainerFacts(
            "containerd",
            false,
            "web",
            "shop/web:1",
            "sha256:ab",
            "fedcba9876543210".repeat(4),
            "web-1",
            "shop",
            "11111111-2222-3333-4444-555555555555",
            Map.of("app", "web=1", "tier", ""),
            true);

    private final List<ByteBuffer> tasks;
    private final Deque<ByteBuffer> records;
    private final LedgerMaps ledger = LedgerMaps.allocate();

    ListSource(List<ByteBuffer> tasks, List<ByteBuffer> records) {
        this.tasks = tasks;
        this.records = new ArrayDeque<>(records);
    }

    @Override
    public void initialTasks(RecordHandler handler) {
        tasks.forEach(task -> handler.onRecord(task, 0, task.limit()));
    }

    @Override
    public int poll(RecordHandler handler, long timeoutNanos) {
        ByteBuffer record = records.poll();
        if (record == null) {
            return 0;
        }
        handler.onRecord(record, 0, record.limit());
        return 1;
    }

    @Override
    public void wakeup() {}

    @Override
    public boolean ended() {
        return records.isEmpty();
    }

    @Override
    public LedgerMaps ledger() {
        return ledger;
    }

    @Override
    public HostFacts facts() {
        return this;
    }

    @Override
    public void close() {}

    @Override
    public String node() {
        return "node-1";
    }

    @Override
    public String bootId() {
        return "boot-1";
    }

    @Override
    public String kernelRelease() {
        return "5.8.0";
    }

    @Override
    public String architecture() {
        return "x86_64";
    }

    @Override
    public String userName(int uid) {
        return uid == 1000 ? "bob" : "";
    }

    @Override
    public @Nullable String cgroupPath(long cgroupKey) {
        if (cgroupKey == CONTAINER) {
            return "/kubepods/" + CONTAINER_ID;
        }
        return cgroupKey == (7L << 56 | 42) ? "/pod/c1" : null;
    }

    @Override
    public @Nullable ContainerFacts container(long cgroupKey, String id) {
        return id.equals(CONTAINER_ID) ? FACTS : null;
    }

    @Override
    public long containerChanges() {
        return 0;
    }

    @Override
    public void removedCgroups(long nowBootNs, LongConsumer to) {}

    @Override
    public @Nullable CaptureOrigin origin() {
        return null;
    }
}
