/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.sensor.probe.Capability;
import dev.defender.sensor.probe.CapabilityMatrix;
import org.junit.jupiter.api.Test;

class CapabilityTest {
    @Test
    void everyHookOfThisKernelIsActive() throws Exception {
        try (KernelFixture kernel = KernelFixture.open()) {
            assertThat(CapabilityMatrix.of(kernel.source().hooks()))
                    .isNotEmpty()
                    .allMatch(Capability::active)
                    .allMatch(row -> row.reason().isEmpty());
        }
    }
}
