/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.enrich;

import dev.defender.sensor.bundle.CgroupPath;
import dev.defender.sensor.bundle.ContainerFacts;
import dev.defender.sensor.decode.EventType;
import dev.defender.sensor.decode.RawEvent;
import dev.defender.sensor.ring.HostFacts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The container of each cgroup key. The key's path comes from what EXEC and TASK carry, else it is asked once per key; so is
 * what the runtime says of the container. Where it says nothing, it is asked again for a while.
 */
public final class Containers {
    private static final int MOST = 8192;
    private static final int NODES_FIRST_PROCESS = 1;

    private final HostFacts facts;
    private final Long2ObjectHashMap<Container> byKey = new Long2ObjectHashMap<>();
    private final Unexplained unexplained;
    private final byte[] path = new byte[RawEvent.MAX_TEXT];
    private final LongConsumer onRemoved = this::removed;
    private byte[] nodesOwn = {};
    private long changes;
    private long learned;

    public Containers(HostFacts facts) {
        this.facts = facts;
        this.unexplained = new Unexplained(facts);
    }

    /** Allocates only for a key that was not seen before. */
    public Container of(long cgroupKey, RawEvent event) {
        if (cgroupKey == 0) {
            return Container.HOST;
        }
        Container known = byKey.get(cgroupKey);
        return known == null ? learn(cgroupKey, event) : known;
    }

    private Container learn(long cgroupKey, RawEvent event) {
        if (byKey.size() >= MOST) {
            byKey.clear();
            unexplained.clear();
        }
        Container container = parse(cgroupKey, path, path(cgroupKey, event));
        if (event.type() == EventType.TASK && event.pid() == NODES_FIRST_PROCESS && !container.host()) {
            // The node is itself a container of another one: to its own processes it is the host.
            nodesOwn = container.id();
            container = Container.HOST;
        }
        byKey.put(cgroupKey, container);
        return container;
    }

    /** Puts the cgroup's path into {@link #path}; returns its length, 0 if there is no such cgroup any more. */
    private int path(long cgroupKey, RawEvent event) {
        boolean carries =
                (event.type() == EventType.EXEC || event.type() == EventType.TASK) && event.cgroupKey() == cgroupKey;
        if (carries) {
            return event.exec().copyCgroup(path, 0);
        }
        String asked = facts.cgroupPath(cgroupKey);
        byte[] bytes = asked == null ? new byte[0] : asked.getBytes(StandardCharsets.ISO_8859_1);
        int length = Math.min(bytes.length, path.length);
        System.arraycopy(bytes, 0, path, 0, length);
        return length;
    }

    private Container parse(long cgroupKey, byte[] bytes, int length) {
        int at = CgroupPath.containerId(bytes, 0, length);
        if (at < 0) {
            return Container.HOST;
        }
        byte[] id = Arrays.copyOfRange(bytes, at, at + CgroupPath.ID_BYTES);
        if (Arrays.equals(id, nodesOwn)) {
            return Container.HOST;
        }
        Container container = new Container(id, CgroupPath.podUid(bytes, 0, at));
        learned++;
        ContainerFacts told = facts.container(cgroupKey, new String(id, StandardCharsets.US_ASCII));
        if (told != null) {
            container.learn(told, false);
        }
        if (told == null || !told.full()) {
            unexplained.add(cgroupKey, container);
        }
        return container;
    }

    /** Once a second: asks again where something is missing, and lets go what is gone. Allocates only if something changed. */
    public void refresh(long nowBootNs) {
        facts.removedCgroups(nowBootNs, onRemoved);
        unexplained.askAgain(nowBootNs);
        long now = facts.containerChanges();
        if (now != changes) {
            changes = now;
            byKey.forEachLong(this::improve);
        }
    }

    private void improve(long cgroupKey, Container container) {
        ContainerFacts had = container.facts();
        if (had != null) {
            ContainerFacts told = facts.container(cgroupKey, new String(container.id(), StandardCharsets.US_ASCII));
            if (told != null && told != had) {
                container.learn(told, container.context() == Container.Context.LATE);
            }
        }
    }

    private void removed(long cgroupKey) {
        byKey.remove(cgroupKey);
        unexplained.remove(cgroupKey);
    }

    /** Cgroups of containers seen. */
    public long learned() {
        return learned;
    }

    /** Cgroups of containers of which their first event had to go without full context. */
    public long unexplained() {
        return unexplained.total();
    }

    /** Of these, those whose context is still missing. */
    public int missing() {
        return unexplained.missing();
    }
}
