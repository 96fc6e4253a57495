/* SPDX-License-Identifier: Apache-2.0 */
/** The publishers' own account of their node. */
@NullMarked
package dev.defender.operator.health;

import org.jspecify.annotations.NullMarked;
