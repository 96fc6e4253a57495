/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.catalogue;

import dev.defender.rules.field.Slice;

/** Reads or derives a text (or the bytes of an address). Must not allocate in steady use. */
@FunctionalInterface
public interface TextReader {
    /** Fills {@code into} and answers true, or answers false for a missing value. */
    boolean read(Occurrence event, Slice into);
}
