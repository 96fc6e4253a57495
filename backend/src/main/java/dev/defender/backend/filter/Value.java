/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.filter;

import java.time.Instant;

/** A value of a comparison, already of the field's type. */
public sealed interface Value {
    record Text(String text) implements Value {}

    record Number(long number) implements Value {}

    record Time(Instant time) implements Value {}

    /** @param text an address literal, or {@code address/prefix} when {@code network} */
    record Address(String text, boolean network) implements Value {}
}
