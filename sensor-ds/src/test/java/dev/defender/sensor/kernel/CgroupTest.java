/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.sensor.decode.EventType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CgroupTest {
    @ParameterizedTest
    @ValueSource(strings = {"pids", "cpu", "devices", "freezer"})
    void version1HierarchiesCount(String controller) throws Exception {
        try (KernelFixture kernel = KernelFixture.openV1(controller)) {
            Seen event = KernelFixture.only(kernel.run("/bin/true"), EventType.EXEC);

            assertThat(event.exec().cgroup()).isEqualTo("/" + kernel.cgroup.name());
            assertThat(event.cgroupKey()).isEqualTo(kernel.cgroup.key());
            assertThat(event.cgroupKey() >>> 56).isPositive();
            assertThat(kernel.source().facts().cgroupPath(event.cgroupKey())).isEqualTo("/" + kernel.cgroup.name());
        }
    }

    @Test
    void version2HasHierarchy0() throws Exception {
        try (KernelFixture kernel = KernelFixture.open()) {
            Seen event = KernelFixture.only(kernel.run("/bin/true"), EventType.EXEC);

            assertThat(event.cgroupKey() >>> 56).isZero();
            assertThat(kernel.source().facts().cgroupPath(event.cgroupKey())).isEqualTo("/" + kernel.cgroup.name());
        }
    }

    @Test
    void aGroupThatIsGoneHasNoPath() throws Exception {
        try (KernelFixture kernel = KernelFixture.open()) {
            assertThat(kernel.source().facts().cgroupPath(Integer.MAX_VALUE)).isNull();
        }
    }
}
