/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.ship;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The Retry-After header in both of its forms. */
final class RetryAfter {
    private RetryAfter() {}

    /** Milliseconds from {@code now}; 0 where the value is absent, past or cannot be read. */
    static long millis(String value, Instant now) {
        if (value.isEmpty()) {
            return 0;
        }
        if (Character.isDigit(value.charAt(0))) {
            return seconds(value) * 1000;
        }
        try {
            Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Math.max(0, Duration.between(now, until).toMillis());
        } catch (DateTimeException e) {
            return 0;
        }
    }

    private static long seconds(String value) {
        try {
            return Integer.parseUnsignedInt(value) & 0x7FFFFFFF;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
