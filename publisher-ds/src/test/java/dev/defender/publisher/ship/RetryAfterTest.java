/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.ship;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "0, 0",
        "7, 7000",
        "'Wed, 25 Nov 2026 12:00:30 GMT', 30000",
        "'Wed, 25 Nov 2026 11:00:00 GMT', 0",
        "soon, 0",
        "-3, 0",
        "7x, 0"
    })
    void bothForms(String value, long millis) {
        assertThat(RetryAfter.millis(value, NOW)).isEqualTo(millis);
    }

    @Property
    void theLargerOfBackoffAndRequestWithinBounds(@ForAll @LongRange(min = 0, max = 10_000_000) long asked) {
        Backoff backoff = new Backoff();
        for (int attempt = 0; attempt < 12; attempt++) {
            assertThat(backoff.next(asked))
                    .isGreaterThanOrEqualTo(Math.min(asked, 600_000))
                    .isLessThanOrEqualTo(Math.max(60_000, Math.min(asked, 600_000)));
        }
    }
}
