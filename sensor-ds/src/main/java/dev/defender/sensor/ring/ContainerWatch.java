/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import bpf4j.BpfMap;
import bpf4j.RingBuffer;
import dev.defender.sensor.bundle.CgroupPath;
import dev.defender.sensor.bundle.NodeContainers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks a container up as soon as its cgroup is made, on a thread of its own: the bundle of one that lives for milliseconds is
 * gone by the time that a busy event thread comes to its first event. A look-up that this misses is made by who needs it.
 */
final class ContainerWatch implements AutoCloseable {
    private static final int REMOVED = 8;
    private static final int PATH_LENGTH = 12;
    private static final int PATH = 16;
    private static final int MOST_PATH_BYTES = 1024;
    private static final int BATCH_MILLIS = 20;
    private static final int MOST = 8192;

    private final RingBuffer ring;
    private final NodeContainers containers;
    private final Map<Long, String> paths = new ConcurrentHashMap<>();
    private final ArrayBlockingQueue<Gone> gone = new ArrayBlockingQueue<>(MOST);
    private final Thread thread =
            Thread.ofPlatform().name("containers").daemon().unstarted(this::run);
    private final byte[] path = new byte[MOST_PATH_BYTES];
    private volatile boolean stopping;

    /** A removed cgroup. */
    private record Gone(long key, String id, long bootNs) {}

    private ContainerWatch(RingBuffer ring, NodeContainers containers) {
        this.ring = ring;
        this.containers = containers;
    }

    static ContainerWatch start(BpfMap ring, NodeContainers containers) {
        ContainerWatch watch = new ContainerWatch(RingBuffer.map(ring), containers);
        watch.thread.start();
        return watch;
    }

    private void run() {
        while (!stopping) {
            ring.consume(this::take);
            ring.await(BATCH_MILLIS, -1);
        }
    }

    private void take(ByteBuffer record, int at, int length) {
        int size = Math.min(record.getInt(at + PATH_LENGTH), MOST_PATH_BYTES);
        record.get(at + PATH, path, 0, size);
        int id = CgroupPath.containerId(path, 0, size);
        if (id < 0) {
            return;
        }
        String container = new String(path, id, CgroupPath.ID_BYTES, StandardCharsets.US_ASCII);
        long key = record.getLong(at);
        if (record.getInt(at + REMOVED) == 0) {
            containers.find(container);
            if (paths.size() < MOST) {
                paths.put(key, new String(path, 0, size, StandardCharsets.ISO_8859_1));
            }
        } else if (!gone.offer(new Gone(key, container, BootClock.nanos()))) {
            // Nobody took the others away for long: the bounds of who keeps containers do it.
            paths.remove(key);
        }
    }

    /** Path of a container's cgroup that was made while this watched, else null. */
    @Nullable
    String path(long key) {
        return paths.get(key);
    }

    /** Takes away the cgroups that were removed before {@code bootNs}. One thread. */
    void removedBefore(long bootNs, LongConsumer to) {
        for (Gone first = gone.peek(); first != null && first.bootNs() < bootNs; first = gone.peek()) {
            gone.poll();
            paths.remove(first.key());
            containers.forget(first.id());
            to.accept(first.key());
        }
    }

    @Override
    public void close() {
        stopping = true;
        ring.wakeup();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        ring.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
