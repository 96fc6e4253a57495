/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.field;

/** How a {@link FieldSource} gives a primitive field. */
public enum FieldKind {
    /** {@link FieldSource#number}. */
    NUMBER,
    /** {@link FieldSource#number}: 1 or 0. */
    FLAG,
    /** {@link FieldSource#text}: bytes, UTF-8 where they are text at all. */
    TEXT,
    /** {@link FieldSource#text}: 4 or 16 bytes in network order. */
    ADDRESS
}
