/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import dev.defender.rules.catalogue.Access;
import dev.defender.rules.catalogue.FieldType;

/**
 * The left side of a check after look-up.
 *
 * @param key equal for operands that give the same value
 */
public record ResolvedOperand(String key, FieldType type, Access access) {}
