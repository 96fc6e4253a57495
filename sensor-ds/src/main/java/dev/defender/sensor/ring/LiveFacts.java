/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import dev.defender.sensor.bundle.ContainerFacts;
import dev.defender.sensor.bundle.NodeContainers;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Facts of this host. */
final class LiveFacts implements HostFacts {
    /** Longer than any backlog of events: what a cgroup's last process did is read by then. */
    private static final long GRACE_NS = 60_000_000_000L;

    private final String node;
    private final String bootId = Machine.bootId();
    private final String kernelRelease = Machine.kernelRelease();
    private final UserNames users = new UserNames();
    private final NodeContainers containers;
    private final @Nullable ContainerWatch watch;

    LiveFacts(String node, NodeContainers containers, @Nullable ContainerWatch watch) {
        this.node = node;
        this.containers = containers;
        this.watch = watch;
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public String bootId() {
        return bootId;
    }

    @Override
    public String kernelRelease() {
        return kernelRelease;
    }

    @Override
    public String architecture() {
        return Machine.architecture();
    }

    @Override
    public String userName(int uid) {
        return users.name(uid);
    }

    @Override
    public @Nullable String cgroupPath(long cgroupKey) {
        String watched = watch == null ? null : watch.path(cgroupKey);
        return watched == null ? CgroupTree.path(cgroupKey) : watched;
    }

    @Override
    public @Nullable ContainerFacts container(long cgroupKey, String id) {
        return containers.find(id);
    }

    @Override
    public long containerChanges() {
        return containers.changes();
    }

    @Override
    public void removedCgroups(long nowBootNs, LongConsumer to) {
        if (watch != null) {
            watch.removedBefore(nowBootNs - GRACE_NS, to);
        }
    }

    @Override
    public @Nullable CaptureOrigin origin() {
        return null;
    }
}
