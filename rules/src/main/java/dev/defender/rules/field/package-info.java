/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a rule can ask of an event. {@link dev.defender.rules.field.FieldSource} is the whole seam between the engine and
 * whoever holds an event: a small set of primitive {@link dev.defender.rules.field.Field fields}. The many field names of
 * the Falco language are derived from these by the engine.
 */
@NullMarked
package dev.defender.rules.field;

import org.jspecify.annotations.NullMarked;
