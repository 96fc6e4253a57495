/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.bench.Figure.Better;
import org.junit.jupiter.api.Test;

class FigureTest {
    @Test
    void aLineHasTheKeysThatReadersRelyOn() {
        Figure figure =
                new Figure("ring.cpu_ns_per_event.64B", 7.7123456, 7.1, "C libbpf", Better.LOWER, 1.3, 1000, 5, "ns");
        assertThat(figure.json())
                .isEqualTo(
                        "{\"name\":\"ring.cpu_ns_per_event.64B\",\"ours\":7.712,\"peer\":7.1,\"peer_name\":\"C libbpf\","
                                + "\"ratio\":1.086,\"better\":\"lower\",\"bound\":1.3,\"ok\":true,\"n\":1000,\"rounds\":5,"
                                + "\"unit\":\"ns\"}");
    }

    @Test
    void thereIsNoRatioToAPeerOfZero() {
        Figure none = Figure.againstLimit("sensor.alloc_bytes_per_event", 0, 0, Better.LOWER, 1_000_000, 1, "B");
        assertThat(none.json()).contains("\"ratio\":null");
        assertThat(none.ok()).isTrue();
        assertThat(Figure.againstLimit("x", 0.1, 0, Better.LOWER, 1, 1, "B").ok())
                .isFalse();
    }

    @Test
    void aRateHasToReachItsLimit() {
        assertThat(Figure.againstLimit("x", 99_999, 100_000, Better.HIGHER, 1, 1, "/s")
                        .ok())
                .isFalse();
        assertThat(Figure.againstLimit("x", 100_000, 100_000, Better.HIGHER, 1, 1, "/s")
                        .ok())
                .isTrue();
    }

    @Test
    void largeAndSmallNumbersKeepFourPlaces() {
        assertThat(Figure.againstLimit("x", 123456.7, 1, Better.HIGHER, 1, 1, "/s")
                        .json())
                .contains("\"ours\":123500.0");
        assertThat(Figure.againstLimit("x", 0.000123456, 1, Better.LOWER, 1, 1, "s")
                        .json())
                .contains("\"ours\":1.235E-4");
    }
}
