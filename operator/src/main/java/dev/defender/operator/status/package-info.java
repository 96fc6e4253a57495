/* SPDX-License-Identifier: Apache-2.0 */
/** From what was observed to conditions, counts and the worst nodes. Pure. */
@NullMarked
package dev.defender.operator.status;

import org.jspecify.annotations.NullMarked;
