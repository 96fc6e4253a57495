/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void epochsOfThisBootAreRemembered() throws Exception {
        try (StateDirectory state = StateDirectory.open(directory, "boot-1")) {
            assertThat(state.open()).isEmpty();
            state.write(List.of(5L, 7L));
        }
        try (StateDirectory state = StateDirectory.open(directory, "boot-1")) {
            assertThat(state.open()).containsExactly(5L, 7L);
        }
        try (StateDirectory state = StateDirectory.open(directory, "boot-2")) {
            assertThat(state.open()).isEmpty();
        }
    }

    @Test
    void aDamagedFileIsNoReasonNotToStart() throws Exception {
        Files.writeString(directory.resolve("epochs"), "boot-1\nboot-1 x\n\nboot-1 9\n");
        try (StateDirectory state = StateDirectory.open(directory, "boot-1")) {
            assertThat(state.open()).containsExactly(9L);
        }
    }

    @Test
    void twoSensorsDoNotShareADirectory() throws Exception {
        try (StateDirectory state = StateDirectory.open(directory, "boot-1")) {
            assertThat(state.open()).isEmpty();
            assertThatThrownBy(() -> StateDirectory.open(directory, "boot-1"))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("another sensor");
        }
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> StateDirectory.open(file.resolve("below"), "boot-1"))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(file.toString());
    }
}
