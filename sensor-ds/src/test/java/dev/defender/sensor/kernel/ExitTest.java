/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.kernel;

import static dev.defender.sensor.kernel.KernelFixture.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.sensor.decode.EventType;
import org.junit.jupiter.api.Test;

class ExitTest {
    @Test
    void carriesTheStatus() throws Exception {
        try (KernelFixture kernel = KernelFixture.open()) {
            Seen event = only(kernel.run("/bin/sh", "-c", "exit 42"), EventType.EXIT);

            assertThat(event.exit()).isEqualTo(new Seen.Exit(42, 0));
        }
    }

    @Test
    void carriesTheSignal() throws Exception {
        try (KernelFixture kernel = KernelFixture.open()) {
            Seen event = only(kernel.run("/bin/sh", "-c", "kill -9 $$"), EventType.EXIT);

            assertThat(event.exit()).isEqualTo(new Seen.Exit(0, 9));
        }
    }
}
