/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.catalogue;

import dev.defender.rules.field.FieldSource;

/** Reads or derives a number or a flag. */
@FunctionalInterface
public interface NumberReader {
    /** The value, or {@link FieldSource#MISSING}. */
    long read(Occurrence event);
}
