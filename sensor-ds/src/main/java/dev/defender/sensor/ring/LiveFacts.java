/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import org.jspecify.annotations.Nullable;

/** Facts of this host. */
final class LiveFacts implements HostFacts {
    private final String node;
    private final String bootId = Machine.bootId();
    private final String kernelRelease = Machine.kernelRelease();
    private final UserNames users = new UserNames();

    LiveFacts(String node) {
        this.node = node;
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
        return CgroupTree.path(cgroupKey);
    }

    @Override
    public @Nullable CaptureOrigin origin() {
        return null;
    }
}
