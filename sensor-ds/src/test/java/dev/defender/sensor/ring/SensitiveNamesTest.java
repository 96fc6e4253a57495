/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SensitiveNamesTest {
    @Test
    void theProductsOwnNamesCanAllBeCompared() {
        assertThatCode(SensitiveNames::defaults).doesNotThrowAnyException();
    }

    @Test
    void aNameThatTheKernelCannotCompareIsRefused() {
        assertThatCode(() -> new SensitiveNames(List.of("n".repeat(31)), List.of("ä".repeat(15))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new SensitiveNames(List.of("n".repeat(32)), List.of()))
                .hasMessageContaining("has 32 bytes");
        assertThatThrownBy(() -> new SensitiveNames(List.of(), List.of("ä".repeat(16))))
                .hasMessageContaining("has 32 bytes");
        assertThatThrownBy(() -> new SensitiveNames(List.of(""), List.of())).hasMessageContaining("has 0 bytes");
    }
}
