/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.capture;

import dev.defender.sensor.bundle.ContainerFacts;
import dev.defender.sensor.bundle.FactsText;
import dev.defender.sensor.ring.HostFacts;
import java.util.function.LongConsumer;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Facts of the host that was recorded. Opens nothing of this one. */
final class CaptureFacts implements HostFacts {
    private final CaptureHeader header;
    private final Long2ObjectHashMap<String> users;
    private final Long2ObjectHashMap<String> cgroups;
    private final Long2ObjectHashMap<String> containers;

    CaptureFacts(
            CaptureHeader header,
            Long2ObjectHashMap<String> users,
            Long2ObjectHashMap<String> cgroups,
            Long2ObjectHashMap<String> containers) {
        this.header = header;
        this.users = users;
        this.cgroups = cgroups;
        this.containers = containers;
    }

    @Override
    public String node() {
        return header.node();
    }

    @Override
    public String bootId() {
        return header.bootId();
    }

    @Override
    public String kernelRelease() {
        return header.kernelRelease();
    }

    @Override
    public String architecture() {
        return header.architecture();
    }

    @Override
    public String userName(int uid) {
        return users.getOrDefault(uid, "");
    }

    @Override
    public @Nullable String cgroupPath(long cgroupKey) {
        return cgroups.get(cgroupKey);
    }

    @Override
    public @Nullable ContainerFacts container(long cgroupKey, String id) {
        String text = containers.get(cgroupKey);
        return text == null ? null : FactsText.parse(text);
    }

    /** What was recorded does not change. */
    @Override
    public long containerChanges() {
        return 0;
    }

    /** A capture does not tell. */
    @Override
    public void removedCgroups(long nowBootNs, LongConsumer to) {}

    @Override
    public CaptureOrigin origin() {
        return new CaptureOrigin(header.node(), header.bootId(), header.producer(), header.epoch());
    }
}
