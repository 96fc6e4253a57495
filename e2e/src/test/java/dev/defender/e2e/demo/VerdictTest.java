/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.e2e.stack.Latencies;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class VerdictTest {
    @Test
    void theLastLineIsTheOneThatMachinesRead() {
        assertThat(new Verdict("live", 5, 5, 0, true, 0, true, 1234, OptionalDouble.of(187.6)).line())
                .isEqualTo("demo: mode=live detections=5/5 false=0 lost=0 events=1234 p99_ms=188");
        assertThat(new Verdict("replay", 5, 5, 0, true, 0, true, 12, OptionalDouble.empty()).line())
                .endsWith(" p99_ms=na");
    }

    @Test
    void oneMissedOneFalseOrAnOpenLedgerFails() {
        assertThat(new Verdict("live", 5, 5, 0, true, 3, true, 9, OptionalDouble.of(1)).passed())
                .isTrue();
        assertThat(new Verdict("live", 4, 5, 0, true, 0, true, 9, OptionalDouble.of(1)).passed())
                .isFalse();
        assertThat(new Verdict("live", 5, 5, 1, true, 0, true, 9, OptionalDouble.of(1)).passed())
                .isFalse();
        assertThat(new Verdict("live", 5, 5, 0, true, 0, false, 9, OptionalDouble.of(1)).passed())
                .isFalse();
    }

    @Test
    void aTwinThatWasNeverSeenIsNotSilent() {
        assertThat(new Verdict("live", 5, 5, 0, false, 0, true, 9, OptionalDouble.of(1)).passed())
                .isFalse();
    }

    @Test
    void percentilesAreNearestRank() {
        Latencies latencies = new Latencies();
        for (int i = 1; i <= 2000; i++) {
            latencies.add(i * 1_000_000L);
        }
        assertThat(latencies.millis(99)).isEqualTo(1980);
        assertThat(latencies.millis(100)).isEqualTo(2000);
    }
}
